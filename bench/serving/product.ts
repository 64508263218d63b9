import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild, untilReady, type Child } from '../child.js';
import { ApiClient } from './client.js';

/** The product as a person starts it, with what the bench has to know of it. */
export interface Product {
  readonly address: string;
  readonly token: string;
  readonly client: ApiClient;
  /** The embedded database. */
  readonly neo4j: { readonly uri: string; readonly user: string; readonly password: string };
  /** Process number of the server itself. */
  readonly pid: number;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');
const startTimeoutMs = 10 * 60_000;

const textOf = (...path: string[]): string => readFileSync(join(...path), 'utf8').trim();

async function listening(dataDir: string): Promise<{ address: string; pid: number } | undefined> {
  const note = join(dataDir, 'server.json');
  if (!existsSync(note)) return undefined;
  const found = JSON.parse(textOf(note)) as { address: string; pid: number };
  const answer = await fetch(`${found.address}/readyz`).catch(() => undefined);
  return answer?.ok === true ? found : undefined;
}

function boltUri(dataDir: string): string {
  const configuration = textOf(dataDir, 'neo4j', 'home', 'conf', 'neo4j.conf');
  const [, address] = /^server\.bolt\.listen_address=(.+)$/mu.exec(configuration) ?? [];
  if (address === undefined) throw new Error('the configuration of Neo4j names no Bolt address');
  return `bolt://${address}`;
}

/**
 * Starts the product in a data folder, with all options at their defaults but the port.
 *
 * @param demo machines of a demo estate to load, or `off`.
 */
export async function startProduct(dataDir: string, demo: string): Promise<Product> {
  // A server that was killed leaves its note behind.
  await rm(join(dataDir, 'server.json'), { force: true });
  const child: Child = startChild(process.execPath, [join(root, 'bootstrap', 'start.js')], {
    OPAL_DATA_DIR: dataDir,
    OPAL_PORT: '0',
    OPAL_DEMO: demo,
  });
  try {
    const { address, pid } = await untilReady(child, () => listening(dataDir), startTimeoutMs);
    const token = textOf(dataDir, 'admin-token');
    const client = new ApiClient(address, token);
    return {
      address,
      token,
      client,
      pid,
      neo4j: {
        uri: boltUri(dataDir),
        user: 'neo4j',
        password: textOf(dataDir, 'neo4j', 'password'),
      },
      stop: async () => {
        client.close();
        await child.stop();
      },
    };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
