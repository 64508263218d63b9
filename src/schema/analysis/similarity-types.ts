import { Field, Float, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Something that machines have in common, or not.' })
export class SimilarityFeature {
  @Field(() => String, {
    description: 'concern, cause, network, cluster, operatingSystem, cpus, …',
  })
  declare group: string;

  @Field(() => String, { description: 'Id of the object or rule, or a size.' })
  declare value: string;

  @Field(() => String, { description: 'For people.' })
  declare label: string;

  @Field(() => Float, { description: 'Rare features weigh more.' })
  declare weight: number;

  @Field(() => Int, { description: 'Machines that have it.' })
  declare machines: number;
}

@ObjectType({ description: 'A machine that is like the one asked about.' })
export class SimilarMachine {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;

  @Field(() => Float, { description: '0 to 1: weight of what is shared over weight of all.' })
  declare score: number;

  @Field(() => [SimilarityFeature], { description: 'What makes them alike, weightiest first.' })
  declare shared: readonly SimilarityFeature[];

  @Field(() => [SimilarityFeature], { description: 'What this machine lacks, ten at most.' })
  declare missing: readonly SimilarityFeature[];

  @Field(() => [SimilarityFeature], { description: 'What only this machine has, ten at most.' })
  declare additional: readonly SimilarityFeature[];
}

@ObjectType({ description: 'Machines on which exactly the same rules fire.' })
export class ConcernGroup {
  @Field(() => [String], { description: 'Ids of the rules.' })
  declare rules: readonly string[];

  @Field(() => Int, { description: 'Machines in the group.' })
  declare size: number;

  @Field(() => [ID], { description: 'Ids of the first members.' })
  declare machines: readonly string[];
}
