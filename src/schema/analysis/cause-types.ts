import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One place to fix a concern, with how many machines that would free.' })
export class RankedCause {
  @Field(() => ID)
  declare id: string;

  @Field(() => String, { description: 'What to fix, with the name of the place.' })
  declare label: string;

  @Field(() => String, { description: 'How to fix it.' })
  declare remedy: string;

  @Field(() => String, { description: 'Id of the rule.' })
  declare rule: string;

  @Field(() => String, { description: 'Category of the rule.' })
  declare category: string;

  @Field(() => ID, { description: 'Id of the object where one fixes it.' })
  declare at: string;

  @Field(() => String, { description: 'Kind of that object.' })
  declare atKind: string;

  @Field(() => String, { nullable: true, description: 'Name of that object.' })
  declare place: string | null;

  @Field(() => Int, { description: 'Machines in scope that it holds.' })
  declare holds: number;

  @Field(() => Int, { description: 'Machines that become free if only this is fixed.' })
  declare freesAlone: number;

  @Field(() => Int, { description: 'Further machines that become free after those ranked before.' })
  declare frees: number;

  @Field(() => Int, { description: 'Machines free when it and all before it are fixed.' })
  declare freesCumulative: number;
}

@ObjectType({ description: 'Causes, the most freeing first.' })
export class CauseRanking {
  @Field(() => [RankedCause])
  declare causes: RankedCause[];

  @Field(() => Int, { description: 'Machines in scope that something holds.' })
  declare heldMachines: number;

  @Field(() => Int, { description: 'Causes that hold machines in scope, ranked or cut off.' })
  declare causeCount: number;
}
