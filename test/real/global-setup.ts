import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createLogger } from '../../src/telemetry/logger.js';
import { LaneServices } from './lane-services.js';
import { isServiceName } from './provided-context.js';

/** The services of one test run, lane by lane. */
class RunServices {
  private readonly lanes = new Map<string, LaneServices>();
  private readonly logger = createLogger('warn');

  constructor(private readonly folder: string) {}

  async addressOf(name: string, lane: string): Promise<object> {
    if (!isServiceName(name)) throw new Error(`no such service: ${name}`);
    let services = this.lanes.get(lane);
    if (services === undefined) {
      services = new LaneServices(join(this.folder, `lane-${lane}`), this.logger);
      this.lanes.set(lane, services);
    }
    return await services.addressOf(name);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.lanes.values()].map((services) => services.stop()));
  }
}

async function answer(services: RunServices, request: string): Promise<string> {
  const [name = '', lane = ''] = request.split(' ');
  try {
    return JSON.stringify({ address: await services.addressOf(name, lane) });
  } catch (error) {
    return JSON.stringify({ error: String(error) });
  }
}

function serve(services: RunServices, socket: string): Promise<Server> {
  // A client sends a service name and its lane, ends its half, and reads the answer.
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
