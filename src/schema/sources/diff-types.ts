import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How one object differs between two syncs.' })
export class EntityDifference {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare kind: string;

  @Field(() => String)
  declare name: string;

  @Field(() => String, { description: 'added, changed or removed.' })
  declare type: string;

  @Field(() => GraphQLJSONObject, {
    description: 'For changed: fields with their old and new value.',
  })
  declare fields: object;
}
