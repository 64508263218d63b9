import { createReadStream } from 'node:fs';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PreparedRecord } from '../../graph/loader/index.js';

const mostInMemory = 10_000;

/**
 * Records whose relationships lead to objects that were not read yet. They wait until the read is
 * over; beyond ten thousand they wait in a temporary file.
 */
export class WaitingRecords {
  private inMemory: PreparedRecord[] = [];
  private spilled = 0;
  private folder: string | undefined;

  get count(): number {
    return this.inMemory.length + this.spilled;
  }

  async add(record: PreparedRecord): Promise<void> {
    this.inMemory.push(record);
    if (this.inMemory.length >= mostInMemory) await this.spill();
  }

  /** All records, each once; those added meanwhile wait for the next call. */
  async *drain(): AsyncGenerator<PreparedRecord> {
    const records = this.inMemory;
    const { folder } = this;
    this.inMemory = [];
    this.folder = undefined;
    this.spilled = 0;
    try {
      if (folder !== undefined) yield* readBack(folder);
      yield* records;
    } finally {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }
  }

  async discard(): Promise<void> {
    this.inMemory = [];
    this.spilled = 0;
    if (this.folder !== undefined) await rm(this.folder, { recursive: true, force: true });
    this.folder = undefined;
  }

  private async spill(): Promise<void> {
    this.folder ??= await mkdtemp(join(tmpdir(), 'opal-waiting-'));
    const lines = this.inMemory.map((record) => `${JSON.stringify(record)}\n`).join('');
    await appendFile(join(this.folder, 'records.ndjson'), lines);
    this.spilled += this.inMemory.length;
    this.inMemory = [];
  }
}

async function* readBack(folder: string): AsyncGenerator<PreparedRecord> {
  const input = createReadStream(join(folder, 'records.ndjson'), 'utf8');
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    // Written by this process a moment ago.
    yield JSON.parse(line) as PreparedRecord;
  }
}
