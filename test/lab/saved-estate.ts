import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { demoEstate, type EstateOptions } from '../../src/demo/demo-estate.js';
import { labBinary, labCache } from './lab-binary.js';

function* lines(options: EstateOptions): Generator<string> {
  for (const object of demoEstate(options)) yield `${JSON.stringify(object)}\n`;
}

/** Writes the demo estate as raw objects, one a line, and gives the path of the file. */
export async function writeEstate(options: EstateOptions, folder: string): Promise<string> {
  const file = join(folder, 'estate.ndjson');
  await pipeline(Readable.from(lines(options)), createWriteStream(file));
  return file;
}

/**
 * Turns an estate into a saved inventory, as `govc object.save` would write it, for
 * `startVcsim({ load })`: a large one starts faster from there.
 */
export async function saveInventory(estate: string, folder: string): Promise<void> {
  await promisify(execFile)(await labBinary('vcsim'), ['-estate', estate, '-save', folder]);
}

/** What decides on the form of a saved inventory. */
const writers = ['estate.go', 'links.go', 'tags.go', 'go.mod'].map((name) =>
  join(import.meta.dirname, 'go', 'vcsim', name),
);

async function digestOf(estate: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [...writers, estate]) {
    await pipeline(createReadStream(file), hash, { end: false });
  }
  return hash.digest('hex').slice(0, 16);
}

async function keep(estate: string, folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}.draft`;
  await mkdir(draft, { recursive: true });
  try {
    await saveInventory(estate, draft);
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * Folder of the demo estate of that many machines as a saved inventory, written at the first call
 * on this machine and kept with the lab: ten thousand machines take half a minute to write, a third
 * of that to load, and many minutes to make one by one.
 */
export async function keptInventory(options: EstateOptions): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'opal-inventory-'));
  try {
    const estate = await writeEstate(options, work);
    const name = `inventory-${options.machines}-${await digestOf(estate)}`;
    const folder = join(labCache(), name);
    if (!existsSync(folder)) await keep(estate, folder);
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
