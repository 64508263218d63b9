import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openGraph, type Graph } from '../../src/graph/index.js';
import { Access, roles, type Role } from '../../src/server/access/index.js';
import { loadConfiguration } from '../../src/server/configuration/index.js';
import { startServer } from '../../src/server/start-server.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { realNeo4j, wipeGraph } from '../real/neo4j.js';
import { realRedisUrl, wipeRedis } from '../real/redis.js';

/** The whole product in this process, with all its services, on an emptied graph. */
export interface RealServer {
  readonly address: string;
  /** A connection of the test's own, beside those of the server. */
  readonly graph: Graph;
  readonly dataDir: string;
  readonly tokens: Readonly<Record<Role, string>>;
  /** What the server has logged so far. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

const tokensOf = async (access: Access): Promise<Record<Role, string>> => {
  const made = await Promise.all(
    roles.map(async (role) => {
      const { text } = await access.create({ name: `a ${role}`, role, createdBy: 'test' });
      return [role, text] as const;
    }),
  );
  const { viewer = '', planner = '', operator = '', admin = '' } = Object.fromEntries(made);
  return { viewer, planner, operator, admin };
};

/** Starts the server as `npm start` does, on a free port, with the database and queue of the run. */
export const startRealServer = async (
  environment: Readonly<Record<string, string>> = {},
): Promise<RealServer> => {
  await Promise.all([wipeGraph(), wipeRedis()]);
  const { uri, user, password } = await realNeo4j();
  const graph = await openGraph({ uri, user, password });
  await migrate(graph);
  const folder = await mkdtemp(join(tmpdir(), 'opal-api-'));
  // Made by the server, as at a first start.
  const dataDir = join(folder, 'data');
  const configuration = loadConfiguration({
    arguments: [],
    environment: {
      OPAL_DATA_DIR: dataDir,
      OPAL_PORT: '0',
      OPAL_DEMO: 'off',
      NEO4J_URI: uri,
      NEO4J_USER: user,
      NEO4J_PASSWORD: password,
      REDIS_URL: await realRedisUrl(),
      ...environment,
    },
  });
  const log: string[] = [];
  const logger = createLogger('debug', { write: (line) => void log.push(line) });
  const server = await startServer(configuration, logger, new AbortController().signal);
  return {
    address: server.address,
    graph,
    dataDir,
    tokens: await tokensOf(new Access(graph)),
    log,
    close: async () => {
      await server.stop();
      await graph.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
