import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JavaRuntime } from './java.js';

const run = promisify(execFile);

/** Sizes in Neo4j's own notation: `512m`, `2g`. */
export interface Neo4jMemory {
  readonly heap: string;
  readonly pageCache: string;
  /** Upper bound of all running transactions together. */
  readonly transactions: string;
}

export interface Neo4jHome {
  readonly folder: string;
  readonly jars: string;
  readonly boltPort: number;
  readonly memory: Neo4jMemory;
  /**
   * For a database that lives for minutes: no log space ahead (256 MiB of disk), and a Java machine
   * tuned to start with half the processor time rather than to run fast for hours.
   */
  readonly shortLived: boolean;
}

/**
 * Relationships of a node from which on Neo4j keeps those of each type together. A machine has some
 * thirty: below the default of fifty, each step from one to its disks passes over all the others.
 */
const groupedFrom = 8;

function configurationLines(home: Neo4jHome): readonly string[] {
  return [
    'server.default_listen_address=127.0.0.1',
    'server.bolt.enabled=true',
    `server.bolt.listen_address=127.0.0.1:${String(home.boltPort)}`,
    `server.bolt.advertised_address=127.0.0.1:${String(home.boltPort)}`,
    'server.http.enabled=false',
    'server.https.enabled=false',
    `server.memory.heap.initial_size=${home.memory.heap}`,
    `server.memory.heap.max_size=${home.memory.heap}`,
    `server.memory.pagecache.size=${home.memory.pageCache}`,
    `dbms.memory.transaction.total.max=${home.memory.transactions}`,
    `db.tx_log.preallocate=${String(!home.shortLived)}`,
    'db.tx_log.rotation.retention_policy=2 files',
    'dbms.usage_report.enabled=false',
    'dbms.security.auth_enabled=true',
    'db.logs.query.enabled=OFF',
    // Connections are closed before the server is: nobody is left to be waited for, twice 5 s.
    'internal.dbms.bolt.netty_server_shutdown_quiet_period=0',
    `db.relationship_grouping_threshold=${String(groupedFrom)}`,
    'server.config.strict_validation.enabled=true',
    // It is emptied and filled all the time: plans for what it held a moment ago are as good.
    ...(home.shortLived ? ['dbms.cypher.min_replan_interval=1h'] : []),
  ];
}

/** Lays out the server's home folder anew; its data stays. */
export async function writeNeo4jHome(home: Neo4jHome): Promise<void> {
  for (const name of ['conf', 'plugins', 'import', 'logs', 'data', 'run']) {
    await mkdir(join(home.folder, name), { recursive: true, mode: 0o700 });
  }
  // The server looks for its jars here; they stay in the cache, which may have moved.
  await rm(join(home.folder, 'lib'), { force: true });
  await symlink(home.jars, join(home.folder, 'lib'));
  await writeFile(
    join(home.folder, 'conf', 'neo4j.conf'),
    `${configurationLines(home).join('\n')}\n`,
    {
      mode: 0o600,
    },
  );
}

/** The Java machine compiles less and collects with one thread. */
const quickStart = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** Sets the password of the user `neo4j`. Only possible before the very first start; later calls do nothing. */
export async function setInitialPassword(
  java: JavaRuntime,
  home: Neo4jHome,
  password: string,
  more: readonly string[],
): Promise<void> {
  const started = existsSync(join(home.folder, 'data', 'databases', 'system'));
  const chosen = existsSync(join(home.folder, 'data', 'dbms', 'auth.ini'));
  if (started || chosen) return;
  // Arguments of a process can be read by everybody on the machine, those in a file cannot.
  const argumentFile = join(home.folder, 'run', 'initial-password.args');
  const lines = [
    ...quickStart,
    ...more.map((argument) => `"${argument}"`),
    `"-Dbasedir=${home.folder}"`,
    '-cp',
    `"${join(home.jars, '*')}"`,
    'org.neo4j.server.startup.Neo4jAdminCommand',
    'dbms',
    'set-initial-password',
    password,
  ];
  await writeFile(argumentFile, lines.join('\n'), { mode: 0o600 });
  try {
    await run(java.program, [`@${argumentFile}`]);
  } finally {
    await rm(argumentFile, { force: true });
  }
}

/** Packages that the server reaches into, as its own start script opens them. */
const openedPackages = [
  'java.base/java.nio',
  'java.base/java.io',
  'java.base/sun.nio.ch',
  'java.base/java.util.concurrent',
];

/**
 * Arguments of the java program that runs the server in the foreground, as a direct child.
 *
 * @param more options of the Java machine.
 */
export function serverArguments(
  java: JavaRuntime,
  home: Neo4jHome,
  more: readonly string[],
): readonly string[] {
  return [
    '-cp',
    `${home.jars}/*`,
    ...more,
    '-Dfile.encoding=UTF-8',
    `-Xms${home.memory.heap}`,
    `-Xmx${home.memory.heap}`,
    ...(home.shortLived ? quickStart : ['-XX:+UseG1GC']),
    '-XX:-OmitStackTraceInFastThrow',
    '-XX:+ExitOnOutOfMemoryError',
    '-XX:+UnlockExperimentalVMOptions',
    '-XX:+TrustFinalNonStaticFields',
    '-XX:+DisableExplicitGC',
    '-Djdk.nio.maxCachedBufferSize=1024',
    '-Dio.netty.tryReflectionSetAccessible=true',
    '-Dio.netty.leakDetection.level=DISABLED',
    ...openedPackages.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    ...(java.release >= 21 ? ['--enable-native-access=ALL-UNNAMED'] : []),
    'org.neo4j.server.CommunityEntryPoint',
    `--home-dir=${home.folder}`,
    `--config-dir=${join(home.folder, 'conf')}`,
    '--console-mode',
  ];
}
