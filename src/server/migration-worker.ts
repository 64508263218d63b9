import type { EventBus } from '../events/index.js';
import { startWorker, type Connections, type RunningWorker } from '../executor/index.js';
import type { Graph } from '../graph/index.js';
import type { Logger } from '../telemetry/logger.js';
import type { Configuration } from './configuration/index.js';

export interface MigrationWorkerParts {
  readonly graph: Graph;
  readonly events: EventBus;
  readonly connections: Connections;
  readonly configuration: Configuration;
  readonly logger: Logger;
}

/** Starts one worker of migrations in this process. */
export function startMigrationWorker(
  { graph, events, connections, configuration, logger }: MigrationWorkerParts,
  redisUrl: string,
): Promise<RunningWorker> {
  return startWorker({
    graph,
    redisUrl,
    connections,
    logger: logger.child({ part: 'worker' }),
    events: {
      publish: (event) => {
        events.publish('migrationProgress', event);
      },
    },
    config: {
      concurrency: configuration.workerConcurrency,
      startTimeoutMs: configuration.targetStartTimeoutMs,
      podStartTimeoutMs: configuration.podStartTimeoutMs,
      limits: {
        host: configuration.maxMigrationsPerHost,
        datastore: configuration.maxMigrationsPerDatastore,
        sourceCluster: configuration.maxMigrationsPerSourceCluster,
        targetCluster: configuration.maxMigrationsPerTargetCluster,
      },
    },
  });
}
