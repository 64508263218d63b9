import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A property of a kind, or of a relationship.' })
export class ModelProperty {
  @Field(() => String, { description: 'Its name in searches, in where, and in answers.' })
  declare name: string;

  @Field(() => String, {
    description: 'text, integer, float, flag, moment, textList or integerList.',
  })
  declare type: string;

  @Field(() => String, { nullable: true, description: 'Unit of its values, for instance MiB.' })
  declare unit: string | null;

  @Field(() => String)
  declare description: string;

  @Field(() => [String], {
    nullable: true,
    description: 'All values that it can have, where that is known.',
  })
  declare values: readonly string[] | null;

  @Field(() => [String], {
    description: 'Tests that where has for it; none where it cannot be searched by.',
  })
  declare tests: readonly string[];

  @Field(() => Boolean, { description: 'A list can be ordered by it.' })
  declare sortable: boolean;

  @Field(() => Boolean, { description: 'An index answers it.' })
  declare indexed: boolean;

  @Field(() => Boolean, { description: 'fullText looks into it.' })
  declare fullText: boolean;

  @Field(() => Boolean, { description: 'Made from the graph, not read from a source.' })
  declare derived: boolean;
}

@ObjectType({ description: 'A relationship as a kind sees it.' })
export class ModelRelationship {
  @Field(() => String, { description: 'Its name in searches, in where, and in answers.' })
  declare name: string;

  @Field(() => String, { description: 'Its type in the graph, for instance RUNS_ON.' })
  declare type: string;

  @Field(() => Boolean, { description: 'The arrow points away from the kind.' })
  declare outgoing: boolean;

  @Field(() => [String], { description: 'Names of the kinds that it leads to.' })
  declare targets: readonly string[];

  @Field(() => Boolean, { description: 'It leads to several; conditions take a quantifier then.' })
  declare many: boolean;

  @Field(() => String)
  declare description: string;

  @Field(() => [ModelProperty], { description: 'What the relationship itself holds.' })
  declare properties: readonly ModelProperty[];
}

@ObjectType({ description: 'A kind of object.' })
export class ModelKind {
  @Field(() => String, { description: 'For instance VirtualMachine.' })
  declare name: string;

  @Field(() => [String], { description: 'Names that a search may begin with.' })
  declare searchNames: readonly string[];

  @Field(() => String, { description: 'Its object type in this schema.' })
  declare objectType: string;

  @Field(() => String, { description: 'The field of Query that lists it.' })
  declare listField: string;

  @Field(() => String)
  declare description: string;

  @Field(() => Boolean, { description: 'Read from a source; the others are made from those.' })
  declare inventory: boolean;

  @Field(() => [ModelProperty])
  declare properties: readonly ModelProperty[];

  @Field(() => [ModelRelationship])
  declare relationships: readonly ModelRelationship[];
}

@ObjectType({ description: 'What the graph can hold: enough to build any filter from.' })
export class Model {
  @Field(() => [ModelKind])
  declare kinds: readonly ModelKind[];

  @Field(() => [String], { description: 'Types of relationships, sorted.' })
  declare relationshipTypes: readonly string[];
}
