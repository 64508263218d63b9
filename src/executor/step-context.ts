import type { Logger } from '../telemetry/logger.js';
import type { ExecutorConfiguration } from './configuration.js';
import type { Fence } from './fence.js';
import { FencedCluster } from './fenced-cluster.js';
import { FencedSource } from './fenced-source.js';
import type { Connections } from './ports.js';
import type { ClaimedTurn } from './queries/turn.js';
import type { MachineFacts, StepContext } from './step.js';
import type { StepProgress } from './step-progress.js';
import type { TurnRecord } from './turn-record.js';
import type { WorkOrder } from './work-order.js';

export interface ContextParts {
  readonly machine: ClaimedTurn['machine'];
  readonly order: WorkOrder;
  /** Grows as steps learn. */
  readonly facts: Partial<MachineFacts>;
  readonly fence: Fence;
  readonly record: TurnRecord;
  readonly signal: AbortSignal;
  readonly connections: Connections;
  readonly configuration: ExecutorConfiguration;
  readonly logger: Logger;
}

/** What one step of a turn gets to see, with both ends of the migration behind the fence. */
export async function stepContext(
  parts: ContextParts,
  startedAt: number,
  progress: StepProgress | undefined,
): Promise<StepContext> {
  const { machine, order, facts, fence, record, signal, connections } = parts;
  const source = await connections.source(order.sourceId, signal);
  const cluster = await connections.cluster(order.targetId, signal);
  return {
    order,
    run: machine.id,
    facts,
    rollback: { keepDisks: machine.keepDisks, stopRunningTarget: machine.stopRunningTarget },
    retries: machine.retries,
    startedAt,
    progress,
    source: new FencedSource(source, order.source.externalId, fence, signal),
    cluster: new FencedCluster({
      cluster,
      fence,
      signal,
      namespace: order.namespace,
      run: machine.id,
      sourceVirtualMachine: machine.entity,
      machineName: order.source.name,
    }),
    configuration: parts.configuration,
    logger: parts.logger,
    importerCredentials: () => connections.importerCredentials(order.sourceId, signal),
    remember: async (learned) => {
      await record.remember(learned);
      Object.assign(facts, learned);
    },
  };
}

/** The facts that earlier turns have recorded. */
export function knownFacts(machine: ClaimedTurn['machine']): Partial<MachineFacts> {
  const { sourcePowerState, powerOffRequestedAt, targetStartedAt, sourceRestoredAt } = machine;
  return {
    ...(sourcePowerState === undefined ? {} : { sourcePowerState }),
    ...(powerOffRequestedAt === undefined ? {} : { powerOffRequestedAt }),
    ...(targetStartedAt === undefined ? {} : { targetStartedAt }),
    ...(sourceRestoredAt === undefined ? {} : { sourceRestoredAt }),
  };
}
