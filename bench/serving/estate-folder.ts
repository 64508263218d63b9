import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from '../../src/server/embedded/cache-folder.js';
import { startProduct } from './product.js';

const sources = join(import.meta.dirname, '..', '..', 'src');
/** All that the loaded data depends on. */
const makers = [
  'demo',
  'collectors/vsphere',
  'concerns',
  'graph/model',
  'graph/loader',
  'server/embedded',
];
const askAgainMs = 2_000;

function digest(): string {
  const hash = createHash('sha256');
  for (const folder of makers) {
    const files = readdirSync(join(sources, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) {
      hash.update(file.slice(sources.length)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex').slice(0, 12);
}

const progress = {
  query: `query { all: virtualMachines(first: 0) { totalCount }
    due: virtualMachines(first: 0, where: { readiness: { isNull: true } }) { totalCount }
    sources { lastComplete } }`,
  variables: {},
};

interface Progress {
  readonly all: { readonly totalCount: number };
  readonly due: { readonly totalCount: number };
  readonly sources: readonly { readonly lastComplete: unknown }[];
}

async function load(folder: string, machines: number): Promise<void> {
  const product = await startProduct(folder, String(machines));
  try {
    for (;;) {
      const { all, due, sources: known } = (await product.client.ask(progress)) as Progress;
      const loaded = known.some(({ lastComplete }) => lastComplete !== null);
      if (loaded && all.totalCount > 0 && due.totalCount === 0) return;
      await sleep(askAgainMs);
    }
  } finally {
    await product.stop();
  }
}

/**
 * Data folder of the product with the demo estate of so many machines, loaded through the
 * collector's replay path and evaluated. Loading takes minutes, so the folder is kept; its name
 * holds a digest of the sources that the data depends on.
 */
export async function estateFolder(machines: number): Promise<string> {
  const parent = process.env.BENCH_CACHE ?? join(cacheFolder(), 'bench');
  const folder = join(parent, `estate-${machines}-${digest()}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  console.log(`Loading an estate of ${machines} virtual machines (once; minutes) …`);
  await load(draft, machines);
  for (const name of readdirSync(parent)) {
    // An older estate of this size is of no use any more, and is some gigabytes.
    if (name.startsWith(`estate-${machines}-`) && !name.endsWith('.draft')) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
  await rename(draft, folder);
  return folder;
}
