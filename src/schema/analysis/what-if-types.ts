import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Machines by what hinders their migration.' })
export class ReadinessCounts {
  @Field(() => Int, { description: 'Nothing hinders them.' })
  declare ready: number;

  @Field(() => Int, { description: 'They can move; something is lost or has to be looked at.' })
  declare readyWithWarnings: number;

  @Field(() => Int, { description: 'A critical concern blocks them.' })
  declare blocked: number;

  @Field(() => Int, { description: 'Too little could be read of them.' })
  declare unknown: number;
}

@ObjectType({ description: 'A rule that would still block machines.' })
export class RemainingBlocker {
  @Field(() => String)
  declare rule: string;

  @Field(() => String)
  declare label: string;

  @Field(() => Int, { description: 'Machines that it still blocks.' })
  declare machines: number;
}

@ObjectType({ description: 'Machines that were blocked and would be ready; one page.' })
export class NewlyReady {
  @Field(() => Int)
  declare total: number;

  @Field(() => [ID], { description: 'Ids, in their order.' })
  declare machines: readonly string[];

  @Field(() => Boolean)
  declare hasMore: boolean;
}

@ObjectType({ description: 'The readiness of the estate if causes were fixed and rules waived.' })
export class WhatIf {
  @Field(() => ReadinessCounts)
  declare before: ReadinessCounts;

  @Field(() => ReadinessCounts)
  declare after: ReadinessCounts;

  @Field(() => NewlyReady)
  declare newlyReady: NewlyReady;

  @Field(() => [RemainingBlocker], { description: 'Most machines first.' })
  declare remainingBlockers: readonly RemainingBlocker[];
}
