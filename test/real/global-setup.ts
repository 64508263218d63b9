import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedNeo4j, type EmbeddedNeo4j } from '../../src/server/embedded/neo4j.js';
import { startEmbeddedRedis, type EmbeddedRedis } from '../../src/server/embedded/redis.js';
import { createLogger } from '../../src/telemetry/logger.js';
import type { ServiceName } from './provided-context.js';

const logger = createLogger('warn');

/** The services of one test run, each started at most once, when the first test asks for it. */
class RunServices {
  private neo4j: Promise<EmbeddedNeo4j> | undefined;
  private redis: Promise<EmbeddedRedis> | undefined;

  constructor(private readonly folder: string) {}

  async addressOf(name: ServiceName): Promise<object> {
    if (name === 'neo4j') {
      this.neo4j ??= startEmbeddedNeo4j({
        dataDir: this.folder,
        logger,
        heap: '768m',
        pageCache: '128m',
        shortLived: true,
      });
      const { uri, user, password } = await this.neo4j;
      return { uri, user, password };
    }
    this.redis ??= startEmbeddedRedis({ dataDir: this.folder, logger });
    const { url } = await this.redis;
    return { url };
  }

  async stop(): Promise<void> {
    const starts = [this.neo4j, this.redis].filter((start) => start !== undefined);
    // A start that failed has cleaned up after itself.
    const started = await Promise.allSettled<EmbeddedNeo4j | EmbeddedRedis>(starts);
    const services = started.filter((start) => start.status === 'fulfilled');
    await Promise.all(services.map((service) => service.value.stop()));
  }
}

function isServiceName(text: string): text is ServiceName {
  return text === 'neo4j' || text === 'redis';
}

async function answer(services: RunServices, request: string): Promise<string> {
  try {
    if (!isServiceName(request)) throw new Error(`no such service: ${request}`);
    return JSON.stringify({ address: await services.addressOf(request) });
  } catch (error) {
    return JSON.stringify({ error: String(error) });
  }
}

function serve(services: RunServices, socket: string): Promise<Server> {
  // A client sends one service name, ends its half, and reads the answer.
  const server = createServer({ allowHalfOpen: true }, (connection) => {
    let request = '';
    connection.on('data', (chunk: Buffer) => (request += chunk.toString('utf8')));
    connection.on('error', () => undefined);
    connection.on('end', () => {
      void answer(services, request).then((text) => connection.end(text));
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => {
      resolve(server);
    });
  });
}

/** Called by vitest once before all test files; the returned function runs after them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'opal-test-'));
  const services = new RunServices(folder);
  const socket = join(folder, 'services.sock');
  const server = await serve(services, socket);
  project.provide('realServicesSocket', socket);
  return async () => {
    server.close();
    await services.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
