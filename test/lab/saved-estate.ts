import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { demoEstate, type EstateOptions } from '../../src/demo/demo-estate.js';
import { labBinary } from './lab-binary.js';

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
