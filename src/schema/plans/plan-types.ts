import { GraphQLJSON, GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { MutationPayload } from '../mutations/user-error.js';
import { Moment } from '../scalars.js';
import { PlanFinding, PlanWaiver } from './finding-types.js';
import { PlanNetwork, PlanStorage } from './mapping-types.js';

@ObjectType({ description: 'A source of the plan, as it stood when the plan was made.' })
export class PlanSource {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;

  @Field(() => String)
  declare kind: string;

  @Field(() => Int, { nullable: true })
  declare lastSync: number | null;

  @Field(() => Int, { nullable: true })
  declare lastComplete: number | null;
}

@ObjectType({
  description: 'A frozen set of machines with all that was decided about migrating them.',
})
export class Plan {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;

  @Field(() => String)
  declare description: string;

  @Field(() => String, { description: 'draft, validated, ready, running, completed, failed, …' })
  declare state: string;

  @Field(() => ID, { description: 'The source that stands for the target cluster.' })
  declare target: string;

  @Field(() => String)
  declare namespace: string;

  @Field(() => String, { description: 'The search that chose the machines.' })
  declare searchText: string;

  @Field(() => GraphQLJSONObject, { description: 'What was decided for all machines.' })
  declare options: object;

  @Field(() => [PlanNetwork])
  declare networks: readonly PlanNetwork[];

  @Field(() => [PlanStorage])
  declare storage: readonly PlanStorage[];

  @Field(() => [PlanSource])
  declare sources: readonly PlanSource[];

  @Field(() => [PlanFinding], { description: 'About the plan as a whole.' })
  declare findings: readonly PlanFinding[];

  @Field(() => [PlanWaiver])
  declare waivers: readonly PlanWaiver[];

  @Field(() => Int)
  declare machineCount: number;

  @Field(() => Int, { description: 'Blockers that are neither solved nor waived.' })
  declare openBlockers: number;

  @Field(() => Int)
  declare warnings: number;

  @Field(() => Moment)
  declare createdAt: string;

  @Field(() => String)
  declare createdBy: string;

  @Field(() => Moment)
  declare changedAt: string;

  @Field(() => String)
  declare changedBy: string;

  @Field(() => Moment, { nullable: true })
  declare validatedAt: string | null;
}

@ObjectType({ description: 'A machine of a plan.' })
export class PlannedVirtualMachine {
  @Field(() => ID, { description: 'Id of the source machine.' })
  declare entity: string;

  @Field(() => String)
  declare name: string;

  @Field(() => String)
  declare targetName: string;

  @Field(() => String)
  declare namespace: string;

  @Field(() => Int, { description: 'Place in the plan, for paging.' })
  declare position: number;

  @Field(() => GraphQLJSONObject, { description: 'The machine as it was when the plan was made.' })
  declare facts: object;

  @Field(() => GraphQLJSONObject, { description: 'What is decided for it, each with its reasons.' })
  declare choices: object;

  @Field(() => [PlanFinding])
  declare findings: readonly PlanFinding[];
}

@ObjectType({ description: 'One value that is no longer what it was.' })
export class DriftedFact {
  @Field(() => String)
  declare field: string;

  @Field(() => GraphQLJSON, { nullable: true })
  declare was: unknown;

  @Field(() => GraphQLJSON, { nullable: true })
  declare is: unknown;
}

@ObjectType()
export class GoneMachine {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;
}

@ObjectType()
export class DriftedMachine extends GoneMachine {
  @Field(() => [DriftedFact])
  declare changes: readonly DriftedFact[];
}

@ObjectType({ description: 'What has changed in the inventory since the plan was made.' })
export class PlanDrift {
  @Field(() => ID)
  declare plan: string;

  @Field(() => [GoneMachine])
  declare gone: readonly GoneMachine[];

  @Field(() => [DriftedMachine])
  declare changed: readonly DriftedMachine[];

  @Field(() => [ID], { description: 'Machines that the search finds now and that are not in it.' })
  declare newMatches: readonly string[];

  @Field(() => [ID], { description: 'Machines of it that the search no longer finds.' })
  declare noLongerMatching: readonly string[];

  @Field(() => Int)
  declare unchanged: number;
}

@ObjectType()
export class PlanPayload extends MutationPayload {
  @Field(() => Plan, { nullable: true })
  declare plan?: Plan | null;
}

@ObjectType()
export class DeletedPlanPayload extends MutationPayload {
  @Field(() => ID, { nullable: true })
  declare id?: string | null;
}
