import { join } from 'node:path';
import neo4j from 'neo4j-driver';
import type { Logger } from '../../telemetry/logger.js';
import { ClassArchive } from './class-archive.js';
import { cacheFolder } from './cache-folder.js';
import { EmbeddedServiceError } from './embedded-service-error.js';
import { freeLoopbackPort } from './free-port.js';
import { findJava } from './java.js';
import { provisionNeo4j } from './neo4j-distribution.js';
import {
  serverArguments,
  setInitialPassword,
  writeNeo4jHome,
  type Neo4jHome,
} from './neo4j-home.js';
import { secretFromFile } from './secret-file.js';
import { superviseProcess } from './supervised-process.js';

export interface EmbeddedNeo4jOptions {
  /** Folder of OPAL's data; the database lives in `neo4j/` inside. */
  readonly dataDir: string;
  readonly logger: Logger;
  /** Java heap, `512m` style. */
  readonly heap?: string;
  readonly pageCache?: string;
  /** Bolt port, a free one if left out. */
  readonly boltPort?: number;
  /** Where downloads are kept. */
  readonly cache?: string;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
  /** A database that is thrown away soon: starts with less disk and processor time, runs slower. */
  readonly shortLived?: boolean;
}

/** A running Neo4j that belongs to this process. */
export interface EmbeddedNeo4j {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** Process number of the server, `undefined` between a crash and the restart. */
  readonly pid: () => number | undefined;
  readonly restarts: () => number;
  readonly stop: () => Promise<void>;
}

/** The port opens well before queries work, the more so on a loaded machine. */
const startTimeoutMs = 300_000;
const stopGraceMs = 60_000;
const probeTimeoutMs = 30_000;
const user = 'neo4j';

async function probe(uri: string, password: string): Promise<void> {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
    connectionTimeout: probeTimeoutMs,
    connectionAcquisitionTimeout: probeTimeoutMs,
    maxTransactionRetryTime: 0,
    telemetryDisabled: true,
  });
  try {
    await driver.executeQuery('RETURN 1 AS one', {}, { database: 'neo4j' });
  } finally {
    await driver.close();
  }
}

function explain(consoleTail: string, folder: string): EmbeddedServiceError | undefined {
  if (/No space left on device|not enough disk space/iu.test(consoleTail)) {
    return new EmbeddedServiceError({
      code: 'embedded.disk.full',
      what: 'Neo4j did not start',
      subject: folder,
      why: 'no space is left on the disk',
      remedy: 'Free some space or set OPAL_DATA_DIR to a folder on a larger disk',
      retryable: true,
    });
  }
  if (/Address already in use|failed to bind/iu.test(consoleTail)) {
    return new EmbeddedServiceError({
      code: 'embedded.port.taken',
      what: 'Neo4j did not start',
      subject: folder,
      why: 'another process took its port at the same moment',
      remedy: 'Start again, another free port is chosen then',
      retryable: true,
    });
  }
  return undefined;
}

/**
 * Starts a Neo4j of our own in the data folder and resolves when it answers queries: downloads it at
 * first use, generates the password into `neo4j/password` (0600), listens on the loopback address
 * alone, restarts it after a crash.
 *
 * @throws MissingProgramError without Java or Maven, EmbeddedServiceError when it does not start.
 */
export async function startEmbeddedNeo4j(options: EmbeddedNeo4jOptions): Promise<EmbeddedNeo4j> {
  const java = await findJava();
  const jars = await provisionNeo4j(options.cache ?? cacheFolder(), options.signal);
  const folder = join(options.dataDir, 'neo4j');
  const password = secretFromFile(join(folder, 'password'));
  const home: Neo4jHome = {
    folder: join(folder, 'home'),
    jars,
    boltPort: options.boltPort ?? (await freeLoopbackPort()),
    memory: {
      heap: options.heap ?? '1g',
      pageCache: options.pageCache ?? '512m',
      transactions: options.heap ?? '1g',
    },
    shortLived: options.shortLived ?? false,
  };
  const archive = new ClassArchive(java, jars, folder);
  await writeNeo4jHome(home);
  await setInitialPassword(java, home, password, archive.forTool());
  const uri = `bolt://127.0.0.1:${String(home.boltPort)}`;
  const supervised = await superviseProcess(
    {
      name: 'Neo4j',
      program: java.program,
      arguments: serverArguments(java, home, await archive.forServer()),
      folder,
      probe: () => probe(uri, password),
      startTimeoutMs,
      stopGraceMs,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      explain: (tail) => explain(tail, folder),
    },
    options.logger,
  );
  return {
    uri,
    user,
    password,
    ...supervised,
    stop: async () => {
      await supervised.stop();
      await archive.keep(options.logger);
    },
  };
}
