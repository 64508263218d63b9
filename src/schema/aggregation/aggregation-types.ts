import { GraphQLJSON } from 'graphql-scalars';
import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';

@InputType('MeasureInput', { description: 'A figure over the objects of a group.' })
export class MeasureInput {
  @Field(() => String, { description: 'sum, avg, min or max.' })
  declare function: string;

  @Field(() => String, {
    description: 'A path to a number, for instance memoryMB or disks.capacityBytes.',
  })
  declare field: string;
}

@ObjectType({ description: 'Objects with equal values.' })
export class AggregateGroup {
  @Field(() => [GraphQLJSON], {
    nullable: 'items',
    description: 'The values, in the order of groupBy; null is unknown.',
  })
  declare keys: readonly unknown[];

  @Field(() => Int)
  declare count: number;

  @Field(() => [Float], { nullable: 'items', description: 'In the order of the measures.' })
  declare values: readonly (number | null)[];
}

@ObjectType({ description: 'One stretch of a histogram; the last one includes its end.' })
export class HistogramBucket {
  @Field(() => Float)
  declare from: number;

  @Field(() => Float)
  declare to: number;

  @Field(() => Int)
  declare count: number;
}
