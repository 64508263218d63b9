import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import {
  createPlanFromSearch,
  deletePlan,
  exportPlanYaml,
  findPlan,
  listPlannedMachines,
  listPlans,
  planDrift,
  removePlannedMachines,
  revokeWaiver,
  updateNetworkMapping,
  updatePlanOptions,
  updatePlannedMachine,
  updateStorageMapping,
  validatePlan,
  waiveFinding,
  type MachineChanges,
  type PlanOptionsInput,
} from '../../planner/index.js';
import { parseSearch } from '../../search/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { optional } from '../optional-argument.js';
import { attempt } from '../mutations/attempt.js';
import { listSize } from '../paging/page-request.js';
import {
  networkDestination,
  NetworkTargetInput,
  storageDestination,
  StorageTargetInput,
} from './mapping-types.js';
import {
  DeletedPlanPayload,
  Plan,
  PlanDrift,
  PlannedVirtualMachine,
  PlanPayload,
} from './plan-types.js';

type Fields = Readonly<Record<string, unknown>>;

/** Runs a change of a plan under audit and answers with the plan as it is then. */
const change = (
  context: ApiContext,
  action: string,
  id: string,
  details: Fields,
  act: (by: string) => Promise<Plan>,
): Promise<PlanPayload> =>
  attempt(context, { action, subject: id, details }, async () => ({
    plan: await act(context.principal.name),
  }));

/** Plans: made from searches, edited, validated, waived. */
@Resolver()
export class PlanResolver {
  @Query(() => [Plan], { description: 'Plans in the order of their ids.' })
  @NeedsRole('viewer')
  plans(
    @Ctx() context: ApiContext,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => ID, optional) after: string | null,
  ): Promise<readonly Plan[]> {
    const limit = listSize(first, context.largestPage);
    return listPlans(context.graph, { limit, ...(after === null ? {} : { after }) });
  }

  @Query(() => Plan)
  @NeedsRole('viewer')
  plan(@Ctx() { graph }: ApiContext, @Arg('id', () => ID) id: string): Promise<Plan> {
    return findPlan(graph, id);
  }

  @Query(() => [PlannedVirtualMachine], { description: 'Machines of a plan in their order.' })
  @NeedsRole('viewer')
  plannedVirtualMachines(
    @Ctx() context: ApiContext,
    @Arg('plan', () => ID) plan: string,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => Int, { ...optional, description: 'Position of the last one before.' })
    after: number | null,
  ): Promise<readonly PlannedVirtualMachine[]> {
    const page = { limit: listSize(first, context.largestPage), after: after ?? -1 };
    return listPlannedMachines(context.graph, plan, page);
  }

  @Query(() => PlanDrift, {
    description: 'What has changed in the inventory since the plan was made.',
  })
  @NeedsRole('viewer')
  planDrift(@Ctx() { graph }: ApiContext, @Arg('plan', () => ID) plan: string): Promise<PlanDrift> {
    return planDrift(graph, plan);
  }

  @Query(() => String, { description: 'Everything that the plan would make, as YAML documents.' })
  @NeedsRole('viewer')
  async planYaml(
    @Ctx() { graph }: ApiContext,
    @Arg('plan', () => ID) plan: string,
  ): Promise<string> {
    let text = '';
    for await (const document of exportPlanYaml(graph, plan)) text += document;
    return text;
  }

  @Mutation(() => PlanPayload, {
    description:
      'Freezes the machines that a search finds now into a plan, with proposals for all.',
  })
  @NeedsRole('planner')
  createPlanFromSearch(
    @Ctx() context: ApiContext,
    @Arg('name', () => String) name: string,
    @Arg('search', () => String, { description: 'vms where …' }) search: string,
    @Arg('target', () => ID, { description: 'Source that stands for the target cluster.' })
    target: string,
    @Arg('namespace', () => String) namespace: string,
    @Arg('description', () => String, { defaultValue: '' }) description: string,
    @Arg('options', () => GraphQLJSONObject, optional) options: PlanOptionsInput | null,
  ): Promise<PlanPayload> {
    const details = { name, search, target, namespace };
    return change(context, 'createPlanFromSearch', name, details, (by) => {
      const chosen = options === null ? {} : { options };
      const request = {
        name,
        description,
        search: parseSearch(search),
        target,
        namespace,
        ...chosen,
      };
      return createPlanFromSearch(context.graph, request, by);
    });
  }

  @Mutation(() => PlanPayload, {
    description: 'Checks a plan against the inventory, the target, and its admission by a dry run.',
  })
  @NeedsRole('planner')
  validatePlan(@Ctx() context: ApiContext, @Arg('id', () => ID) id: string): Promise<PlanPayload> {
    const { graph, services, signal } = context;
    return change(context, 'validatePlan', id, {}, async (by) => {
      const { target } = await findPlan(graph, id);
      const cluster = await services.openTarget(target, signal);
      return validatePlan(graph, id, { by, signal, cluster });
    });
  }

  @Mutation(() => PlanPayload, { description: 'Says where adapters of a source network go.' })
  @NeedsRole('planner')
  updateNetworkMapping(
    @Ctx() context: ApiContext,
    @Arg('plan', () => ID) plan: string,
    @Arg('source', () => ID) source: string,
    @Arg('destination', () => NetworkTargetInput, optional) target: NetworkTargetInput | null,
  ): Promise<PlanPayload> {
    const destination = networkDestination(target);
    return change(context, 'updateNetworkMapping', plan, { source, destination }, (by) =>
      updateNetworkMapping(context.graph, plan, { source, destination }, by),
    );
  }

  @Mutation(() => PlanPayload, { description: 'Says where disks of a datastore go.' })
  @NeedsRole('planner')
  updateStorageMapping(
    @Ctx() context: ApiContext,
    @Arg('plan', () => ID) plan: string,
    @Arg('source', () => ID) source: string,
    @Arg('destination', () => StorageTargetInput, optional) target: StorageTargetInput | null,
  ): Promise<PlanPayload> {
    const destination = storageDestination(target);
    return change(context, 'updateStorageMapping', plan, { source, destination }, (by) =>
      updateStorageMapping(context.graph, plan, { source, destination }, by),
    );
  }

  @Mutation(() => PlanPayload, { description: 'Changes name, description or options of a plan.' })
  @NeedsRole('planner')
  updatePlan(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
    @Arg('name', () => String, optional) name: string | null,
    @Arg('description', () => String, optional) description: string | null,
    @Arg('options', () => GraphQLJSONObject, optional) options: PlanOptionsInput | null,
  ): Promise<PlanPayload> {
    const changes = {
      ...(name === null ? {} : { name }),
      ...(description === null ? {} : { description }),
      ...(options === null ? {} : { options }),
    };
    return change(context, 'updatePlan', id, changes, (by) =>
      updatePlanOptions(context.graph, id, changes, by),
    );
  }

  @Mutation(() => PlanPayload, { description: 'Changes what is decided for one machine.' })
  @NeedsRole('planner')
  updatePlannedVirtualMachine(
    @Ctx() context: ApiContext,
    @Arg('plan', () => ID) plan: string,
    @Arg('virtualMachine', () => ID) machine: string,
    @Arg('changes', () => GraphQLJSONObject, {
      description: 'targetName, power, conversion, compatibilityMode, copy, instanceType, …',
    })
    changes: MachineChanges,
  ): Promise<PlanPayload> {
    return change(context, 'updatePlannedVirtualMachine', plan, { machine, changes }, (by) =>
      updatePlannedMachine(context.graph, plan, machine, changes, by),
    );
  }

  @Mutation(() => PlanPayload, { description: 'Takes machines out of a plan.' })
  @NeedsRole('planner')
  removePlannedVirtualMachines(
    @Ctx() context: ApiContext,
    @Arg('plan', () => ID) plan: string,
    @Arg('virtualMachines', () => [ID]) machines: string[],
  ): Promise<PlanPayload> {
    return change(context, 'removePlannedVirtualMachines', plan, { machines }, (by) =>
      removePlannedMachines(context.graph, plan, machines, by),
    );
  }

  @Mutation(() => PlanPayload, { description: 'Answers for a finding, with a reason.' })
  @NeedsRole('planner')
  waiveFinding(
    @Ctx() context: ApiContext,
    @Arg('plan', () => ID) plan: string,
    @Arg('finding', () => String) finding: string,
    @Arg('reason', () => String) reason: string,
    @Arg('virtualMachine', () => ID, optional) machine: string | null,
    @Arg('allVirtualMachines', () => Boolean, {
      defaultValue: false,
      description: 'For every machine of the plan that has the finding now.',
    })
    allMachines: boolean,
  ): Promise<PlanPayload> {
    const about = machine === null ? { allMachines } : { machine };
    return change(context, 'waiveFinding', plan, { finding, reason, ...about }, (by) =>
      waiveFinding(context.graph, plan, { finding, reason, ...about }, by),
    );
  }

  @Mutation(() => PlanPayload, { description: 'Takes a waiver back.' })
  @NeedsRole('planner')
  revokeWaiver(
    @Ctx() context: ApiContext,
    @Arg('plan', () => ID) plan: string,
    @Arg('finding', () => String) finding: string,
    @Arg('virtualMachine', () => ID, optional) machine: string | null,
  ): Promise<PlanPayload> {
    const about = machine === null ? {} : { machine };
    return change(context, 'revokeWaiver', plan, { finding, machine }, (by) =>
      revokeWaiver(context.graph, plan, { finding, ...about }, by),
    );
  }

  @Mutation(() => DeletedPlanPayload, { description: 'Removes a plan that does not run.' })
  @NeedsRole('planner')
  deletePlan(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
  ): Promise<DeletedPlanPayload> {
    return attempt(context, { action: 'deletePlan', subject: id }, async () => {
      await deletePlan(context.graph, id);
      return { id };
    });
  }
}
