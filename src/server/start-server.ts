import { join } from 'node:path';
import { migrate, openGraph } from '../graph/index.js';
import type { Logger } from '../telemetry/logger.js';
import { Access, ensureInitialToken, type InitialToken } from './access/index.js';
import { openBackingServices } from './backing-services.js';
import type { Configuration } from './configuration/index.js';
import { openVault } from './credentials/index.js';
import { holdDataFolder } from './embedded/data-folder.js';
import { StartRefusedError } from './start-refused-error.js';
import { diagnose, startChecks } from './doctor/index.js';
import { StopOrder } from './stop-order.js';

export interface RunningServer {
  /** `undefined` when its file was deleted because others can log in. */
  readonly initialToken: InitialToken | undefined;
  /** Stops everything in order; further calls wait for the first. */
  readonly stop: () => Promise<void>;
}

async function checkFirst(
  configuration: Configuration,
  environment: NodeJS.ProcessEnv,
  logger: Logger,
): Promise<void> {
  const findings = await diagnose({ configuration, environment }, startChecks);
  for (const { check, status, what, why, remedy } of findings) {
    if (status === 'warning') logger.warn({ check }, `${what}: ${why}. ${remedy}`);
  }
  const failed = findings.filter(({ status }) => status === 'failed');
  if (failed.length > 0) throw new StartRefusedError(failed);
}

async function startParts(
  configuration: Configuration,
  logger: Logger,
  stopOrder: StopOrder,
  signal: AbortSignal,
): Promise<InitialToken | undefined> {
  const services = await openBackingServices({ configuration, logger, stopOrder, signal });
  const graph = await openGraph({ ...services.graph, timeoutMs: configuration.queryTimeoutMs });
  stopOrder.add('graph', () => graph.close());
  const report = await migrate(graph);
  logger.info({ applied: report.applied, created: report.created.length }, 'The graph is ready');
  signal.throwIfAborted();

  const access = new Access(graph);
  const initialToken = await ensureInitialToken(access, configuration.dataDir);
  openVault(configuration.keyFile ?? join(configuration.dataDir, 'key'));
  return initialToken;
}

/**
 * Starts the whole product: checks, data folder, database and queue, schema, API, worker.
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
  const stop = (): Promise<void> => stopOrder.stopAll();
  try {
    const lock = holdDataFolder(configuration.dataDir);
    stopOrder.add('data folder', () => {
      lock.release();
    });
    await checkFirst(configuration, process.env, logger);
    const initialToken = await startParts(configuration, logger, stopOrder, signal);
    return { initialToken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
