import type { SourceRegistry } from '../collectors/sources/index.js';
import type { EventBus } from '../events/index.js';
import { openConnections, startWorker, type RunningWorker } from '../executor/index.js';
import type { Graph } from '../graph/index.js';
import type { Logger } from '../telemetry/logger.js';
import type { Configuration } from './configuration/index.js';
import type { CredentialVault } from './credentials/index.js';
import { openConfiguration } from './sources/index.js';

export interface MigrationWorkerParts {
  readonly graph: Graph;
  readonly events: EventBus;
  readonly registry: SourceRegistry;
  readonly vault: CredentialVault;
  readonly configuration: Configuration;
  readonly logger: Logger;
}

/** Starts one worker of migrations in this process; closing it closes its connections too. */
export async function startMigrationWorker(
  { graph, events, registry, vault, configuration, logger }: MigrationWorkerParts,
  redisUrl: string,
): Promise<RunningWorker> {
  const connections = openConnections({
    openCredentials: (sourceId) => openConfiguration(registry, vault, sourceId),
  });
  const worker = await startWorker({
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
      limits: {
        host: configuration.maxMigrationsPerHost,
        datastore: configuration.maxMigrationsPerDatastore,
        sourceCluster: configuration.maxMigrationsPerSourceCluster,
        targetCluster: configuration.maxMigrationsPerTargetCluster,
      },
    },
  });
  return {
    wake: () => {
      worker.wake();
    },
    close: async () => {
      await worker.close();
      await connections.close();
    },
  };
}
