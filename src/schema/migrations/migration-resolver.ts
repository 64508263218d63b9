import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import {
  cancelMigration,
  machineProgress,
  MigrationRequestError,
  migrationProgress,
  migrations,
  pauseMigration,
  resumeMigration,
  retryMigration,
  startMigration,
} from '../../executor/index.js';
import type { Graph } from '../../graph/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { optional } from '../optional-argument.js';
import { attempt } from '../mutations/attempt.js';
import { listSize } from '../paging/page-request.js';
import {
  MigratingVirtualMachine,
  Migration,
  MigrationPayload,
  MigrationProgress,
} from './migration-types.js';

const progressOf = async (graph: Graph, id: string): Promise<MigrationProgress> => {
  const found = await migrationProgress(graph, id);
  if (found !== undefined) {
    const { machines, ...facts } = found;
    const states = Object.entries(machines).map(([state, count]) => ({ state, machines: count }));
    return { ...facts, machines: states };
  }
  throw new MigrationRequestError({
    code: 'migration.unknown',
    what: 'There is no such migration',
    subject: id,
    why: 'no run has this id',
    remedy: 'List the migrations and take an id from the list',
  });
};

/** Does something to a run under audit, wakes the workers, and answers how it stands then. */
const act = (
  context: ApiContext,
  action: string,
  subject: string,
  details: Readonly<Record<string, unknown>>,
  change: () => Promise<string>,
): Promise<MigrationPayload> =>
  attempt(context, { action, subject, details }, async () => {
    const id = await change();
    context.services.wakeWorkers();
    return { migration: await progressOf(context.graph, id) };
  });

/** Runs of plans. */
@Resolver()
export class MigrationResolver {
  @Query(() => [Migration], { description: 'Runs, newest first.' })
  @NeedsRole('viewer')
  migrations(
    @Ctx() { graph, largestPage }: ApiContext,
    @Arg('plan', () => ID, optional) plan: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'At most 1,000.' }) first: number,
    @Arg('before', () => String, { ...optional, description: 'createdAt of the last one before.' })
    before: string | null,
  ): Promise<readonly Migration[]> {
    return migrations(graph, {
      first: listSize(first, largestPage),
      ...(plan === null ? {} : { plan }),
      ...(before === null ? {} : { before }),
    });
  }

  @Query(() => MigrationProgress, { description: 'How a run stands.' })
  @NeedsRole('viewer')
  migration(
    @Ctx() { graph }: ApiContext,
    @Arg('id', () => ID) id: string,
  ): Promise<MigrationProgress> {
    return progressOf(graph, id);
  }

  @Query(() => [MigratingVirtualMachine], { description: 'Machines of a run with their steps.' })
  @NeedsRole('viewer')
  migratingVirtualMachines(
    @Ctx() { graph, largestPage }: ApiContext,
    @Arg('migration', () => ID) migration: string,
    @Arg('state', () => String, optional) state: string | null,
    @Arg('first', () => Int, { defaultValue: 100, description: 'At most 1,000.' }) first: number,
    @Arg('after', () => Int, { ...optional, description: 'Position of the last one before.' })
    after: number | null,
  ): Promise<readonly MigratingVirtualMachine[]> {
    return machineProgress(graph, migration, {
      first: listSize(first, largestPage),
      ...(state === null ? {} : { state }),
      ...(after === null ? {} : { after }),
    });
  }

  @Mutation(() => MigrationPayload, {
    description: 'Runs a plan that is ready. Machines are powered off one after the other.',
  })
  @NeedsRole('operator')
  startMigration(
    @Ctx() context: ApiContext,
    @Arg('plan', () => ID) plan: string,
    @Arg('virtualMachines', () => [ID], { ...optional, description: 'Only these of the plan.' })
    machines: string[] | null,
  ): Promise<MigrationPayload> {
    const { graph, services, principal, signal } = context;
    return act(context, 'startMigration', plan, { machines }, async () => {
      const order = await services.readPlanForRun(plan, signal);
      const chosen = machines === null ? {} : { virtualMachines: machines };
      return startMigration(graph, order, principal, chosen);
    });
  }

  @Mutation(() => MigrationPayload, { description: 'Lets no machine begin its next step.' })
  @NeedsRole('operator')
  pauseMigration(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
  ): Promise<MigrationPayload> {
    return act(context, 'pauseMigration', id, {}, async () => {
      await pauseMigration(context.graph, id);
      return id;
    });
  }

  @Mutation(() => MigrationPayload, { description: 'Lets a paused run go on.' })
  @NeedsRole('operator')
  resumeMigration(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
  ): Promise<MigrationPayload> {
    return act(context, 'resumeMigration', id, {}, async () => {
      await resumeMigration(context.graph, id);
      return id;
    });
  }

  @Mutation(() => MigrationPayload, {
    description:
      'Calls a run off, or some of its machines: what was made is removed, and sources are on again if they were.',
  })
  @NeedsRole('operator')
  cancelMigration(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
    @Arg('machines', () => [ID], { ...optional, description: 'Ids of migrating machines.' })
    machines: string[] | null,
    @Arg('keepDisks', () => Boolean, { defaultValue: false }) keepDisks: boolean,
    @Arg('stopRunningTarget', () => Boolean, {
      defaultValue: false,
      description: 'Remove targets that were started too; what they wrote is lost.',
    })
    stopRunningTarget: boolean,
  ): Promise<MigrationPayload> {
    const options = { keepDisks, stopRunningTarget, ...(machines === null ? {} : { machines }) };
    return act(context, 'cancelMigration', id, options, async () => {
      await cancelMigration(context.graph, id, options);
      return id;
    });
  }

  @Mutation(() => MigrationPayload, {
    description: 'Tries failed machines again where they failed.',
  })
  @NeedsRole('operator')
  retryMigration(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
    @Arg('machines', () => [ID], { ...optional, description: 'Ids of migrating machines.' })
    machines: string[] | null,
  ): Promise<MigrationPayload> {
    const options = machines === null ? {} : { machines };
    return act(context, 'retryMigration', id, options, async () => {
      await retryMigration(context.graph, id, options);
      return id;
    });
  }
}
