import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { limits } from '../archive/limits.js';
import { hostileExport } from '../errors.js';

const blockBytes = 64 * 1024;
const blocksInMemory = 256;
const writeAtBytes = 256 * 1024;

/**
 * The texts that the cells of a workbook name by number. They can be more than fits into memory,
 * so they lie in a file; rows name them about in the order they stand there.
 */
export class SharedTexts {
  private readonly descriptor: number;
  private starts = new Float64Array(1024);
  private count = 0;
  private written = 0;
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private readonly blocks = new LRUCache<number, Buffer>({ max: blocksInMemory });

  constructor(
    folder: string,
    private readonly subject: string,
  ) {
    this.descriptor = openSync(join(folder, 'texts'), 'w+', 0o600);
  }

  add(text: string): void {
    if (this.count >= limits.sharedTexts) {
      throw hostileExport(this.subject, `it has more than ${limits.sharedTexts} texts`);
    }
    if (this.count + 1 >= this.starts.length) {
      const larger = new Float64Array(this.starts.length * 2);
      larger.set(this.starts);
      this.starts = larger;
    }
    const bytes = Buffer.from(text, 'utf8');
    const start = this.starts[this.count] ?? 0;
    this.count += 1;
    this.starts[this.count] = start + bytes.length;
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    if (this.waitingBytes >= writeAtBytes) this.flush();
  }

  /** `undefined` for a number that no text has. */
  get(number: number): string | undefined {
    if (!Number.isInteger(number) || number < 0 || number >= this.count) return undefined;
    this.flush();
    const start = this.starts[number] ?? 0;
    return this.read(start, this.starts[number + 1] ?? start).toString('utf8');
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private flush(): void {
    if (this.waitingBytes === 0) return;
    const bytes = Buffer.concat(this.waiting);
    for (let done = 0; done < bytes.length;) {
      done += writeSync(this.descriptor, bytes, done, bytes.length - done, this.written + done);
    }
    this.written += bytes.length;
    this.waiting = [];
    this.waitingBytes = 0;
  }

  private read(from: number, end: number): Buffer {
    const parts: Buffer[] = [];
    for (let at = from; at < end;) {
      const number = Math.floor(at / blockBytes);
      const block = this.block(number);
      const offset = at - number * blockBytes;
      const part = block.subarray(offset, offset + end - at);
      if (part.length === 0) break;
      parts.push(part);
      at += part.length;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  private block(number: number): Buffer {
    const known = this.blocks.get(number);
    if (known !== undefined) return known;
    const block = Buffer.alloc(blockBytes);
    const length = readSync(this.descriptor, block, 0, blockBytes, number * blockBytes);
    const read = block.subarray(0, length);
    this.blocks.set(number, read);
    return read;
  }
}
