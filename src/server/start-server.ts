import { join } from 'node:path';
import { SourceRegistry } from '../collectors/sources/index.js';
import { RedisEventBus } from '../events/index.js';
import { openConnections, readPlanForRun } from '../executor/index.js';
import { migrate, openGraph } from '../graph/index.js';
import type { Logger } from '../telemetry/logger.js';
import { Access, ensureInitialToken, type InitialToken } from './access/index.js';
import { noteAddress } from './address-file.js';
import { AuditLog } from './audit/index.js';
import { openBackingServices } from './backing-services.js';
import type { Configuration } from './configuration/index.js';
import { openVault } from './credentials/index.js';
import { diagnose, startChecks } from './doctor/index.js';
import { holdDataFolder } from './embedded/data-folder.js';
import { startHttpServer } from './http/start-http-server.js';
import { loadDemo } from './load-demo.js';
import { startMigrationWorker } from './migration-worker.js';
import {
  BundleService,
  collectorTable,
  openConfiguration,
  SourceService,
  SourceSupervisor,
} from './sources/index.js';
import { StartRefusedError } from './start-refused-error.js';
import { StopOrder } from './stop-order.js';
import { UploadStore } from './uploads/index.js';
import { tlsServerMaker } from './tls-server.js';

export interface RunningServer {
  /** Where the API listens, for instance `http://127.0.0.1:4400`. */
  readonly address: string;
  /** `undefined` when its file was deleted because others can log in. */
  readonly initialToken: InitialToken | undefined;
  /** Stops everything in order; further calls wait for the first. */
  readonly stop: () => Promise<void>;
}

/** Time limit of one query of a load, an evaluation or a migration. */
const backgroundTimeoutMs = 10 * 60_000;

interface Start {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly stopOrder: StopOrder;
  readonly signal: AbortSignal;
}

async function checkFirst({ configuration, logger }: Start): Promise<void> {
  const findings = await diagnose({ configuration, environment: process.env }, startChecks);
  for (const { check, status, what, why, remedy } of findings) {
    if (status === 'warning') logger.warn({ check }, `${what}: ${why}. ${remedy}`);
  }
  const failed = findings.filter(({ status }) => status === 'failed');
  if (failed.length > 0) throw new StartRefusedError(failed);
}

/** What comes up on the checked machine, one on the other. */
async function startParts(start: Start): Promise<Omit<RunningServer, 'stop'>> {
  const { configuration, logger, stopOrder, signal } = start;
  const backing = await openBackingServices(start);
  // Nobody waits for a load or an evaluation, so they may take longer than an answer.
  const graph = await openGraph({ ...backing.graph, timeoutMs: backgroundTimeoutMs });
  stopOrder.add('graph', () => graph.close());
  const answering = await openGraph({ ...backing.graph, timeoutMs: configuration.queryTimeoutMs });
  stopOrder.add('graph for answers', () => answering.close());
  const report = await migrate(graph);
  logger.info({ applied: report.applied, created: report.created.length }, 'The graph is ready');
  signal.throwIfAborted();

  const access = new Access(graph);
  const initialToken = await ensureInitialToken(access, configuration.dataDir);
  const events = await RedisEventBus.open(backing.redisUrl, (error) => {
    logger.warn({ err: error }, 'Events do not reach other processes at the moment');
  });
  stopOrder.add('events', () => events.close());

  const registry = new SourceRegistry(graph);
  const vault = openVault(configuration.keyFile ?? join(configuration.dataDir, 'key'));
  const kubeconfigPolicy = {
    mayNameFiles: configuration.kubeconfigMayNameFiles,
    mayRunPrograms: configuration.kubeconfigMayRunPrograms,
  };
  const uploads = new UploadStore(configuration.dataDir, registry);
  const collectors = collectorTable({
    kubevirt: { kubeconfigPolicy, levelCheckMs: configuration.levelCheckIntervalMs },
    uploads: uploads.folder,
  });
  const shared = { graph, events, registry, vault, collectors };
  const supervisor = new SourceSupervisor({
    ...shared,
    logger: logger.child({ part: 'sources' }),
    intervalMs: configuration.syncIntervalMs,
  });
  const sources = new SourceService({ ...shared, onChange: () => void supervisor.look() });
  stopOrder.add('sources', () => supervisor.stop());
  supervisor.start();
  const connections = openConnections({
    openCredentials: (source) => openConfiguration(registry, vault, source),
    kubeconfigPolicy,
  });
  stopOrder.add('connections', () => connections.close());
  const worker = await startMigrationWorker(
    { graph, events, connections, configuration, logger },
    backing.redisUrl,
  );
  stopOrder.add('worker', () => worker.close());
  signal.throwIfAborted();

  const listenWith = tlsServerMaker(configuration);
  const audit = new AuditLog(graph, logger.child({ part: 'audit' }));
  const http = await startHttpServer({
    graph: answering,
    services: {
      access,
      audit,
      sources,
      supervisor,
      bundles: new BundleService({ ...shared, supervisor }),
      uploads,
      events,
      openTarget: (target, until) => connections.cluster(target, until),
      readPlanForRun: (plan, until) => readPlanForRun(graph, plan, connections, until),
      wakeWorkers: () => {
        worker.wake();
      },
    },
    config: configuration,
    logger: logger.child({ part: 'api' }),
    ...(listenWith === undefined ? {} : { listenWith }),
  });
  stopOrder.add('API', () => http.close());
  stopOrder.add('address', noteAddress(configuration.dataDir, http.address));
  // The address is announced at once: what is loaded meanwhile shows as it comes.
  loadDemo(configuration.demo, registry, supervisor, logger).catch((error: unknown) => {
    logger.error({ err: error }, 'The demo estate could not be loaded');
  });
  return { address: http.address, initialToken };
}

/**
 * Starts the whole product: checks, data folder, database and queue, schema, sources, worker, API.
 *
 * @param signal ends a start that is under way; everything started so far is stopped then.
 * @throws StartRefusedError with all that has to be put right first, or the error of a part.
 */
export async function startServer(
  configuration: Configuration,
  logger: Logger,
  signal: AbortSignal,
): Promise<RunningServer> {
  const stopOrder = new StopOrder(logger);
  const start = { configuration, logger, stopOrder, signal };
  const stop = (): Promise<void> => stopOrder.stopAll();
  try {
    const lock = holdDataFolder(configuration.dataDir);
    stopOrder.add('data folder', () => {
      lock.release();
    });
    await checkFirst(start);
    return { ...(await startParts(start)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
