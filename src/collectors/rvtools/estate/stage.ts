import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../archive/limits.js';
import { hostileExport } from '../errors.js';
import type { SheetName } from '../sheets.js';
import type { Row } from '../workbook/cell.js';

/** Types of raw objects that an export gives. */
export type RvtoolsType =
  | 'Machine'
  | 'Host'
  | 'Cluster'
  | 'Datacenter'
  | 'Folder'
  | 'Datastore'
  | 'DatastoreCluster'
  | 'Network'
  | 'DistributedSwitch'
  | 'ResourcePool';

/** Rows that make up one object, by the sheet they are from. */
export interface StagedObject {
  readonly type: RvtoolsType;
  readonly id: string;
  readonly sheets: Readonly<Partial<Record<SheetName | 'made', readonly Row[]>>>;
}

type Line = readonly [type: RvtoolsType, id: string, sheet: SheetName | 'made', row: Row];

/** Parts that are read back one at a time. */
export const partCount = 256;
const waitingBytes = 8 * 1024 * 1024;
/** Far above an even share of the largest export: only one object can make a part so large. */
const largestPart = 64 * 1024 * 1024;

const partOf = (id: string): number => createHash('sha1').update(id).digest()[0] ?? 0;

/**
 * Brings the rows of an object together though they stand in many sheets: rows go to files by
 * their object's id, and a file is small enough to be grouped in memory.
 */
export class Stage {
  private waiting = new Map<number, string[]>();
  private bytes = 0;
  private written = 0;

  constructor(
    private readonly folder: string,
    private readonly subject: string,
  ) {}

  add(type: RvtoolsType, id: string, sheet: SheetName | 'made', row: Row): void {
    const line: Line = [type, id, sheet, row];
    const text = `${JSON.stringify(line)}\n`;
    const part = partOf(id);
    const lines = this.waiting.get(part);
    if (lines === undefined) this.waiting.set(part, [text]);
    else lines.push(text);
    this.bytes += text.length;
    if (this.bytes >= waitingBytes) this.flush();
  }

  /** Objects of a part, in the order in which each was first named. */
  objects(part: number): readonly StagedObject[] {
    this.flush();
    const file = this.file(part);
    if (!existsSync(file)) return [];
    const bytes = readFileSync(file);
    if (bytes.length > largestPart) {
      throw hostileExport(this.subject, 'too many of its rows belong to one object');
    }
    const found = new Map<string, { type: RvtoolsType; id: string; sheets: Sheets }>();
    for (const text of bytes.toString('utf8').split('\n')) {
      if (text === '') continue;
      // Written by this very class.
      const [type, id, sheet, row] = JSON.parse(text) as Line;
      const key = `${type} ${id}`;
      const object = found.get(key) ?? { type, id, sheets: {} };
      found.set(key, object);
      (object.sheets[sheet] ??= []).push(row);
    }
    return [...found.values()];
  }

  private flush(): void {
    for (const [part, lines] of this.waiting) {
      appendFileSync(this.file(part), lines.join(''), { mode: 0o600 });
    }
    this.written += this.bytes;
    this.bytes = 0;
    this.waiting = new Map();
    if (this.written > limits.stagedBytes) {
      throw hostileExport(this.subject, `its rows take more than ${limits.stagedBytes} bytes`);
    }
  }

  private file(part: number): string {
    return join(this.folder, `part-${part}`);
  }
}

type Sheets = Partial<Record<SheetName | 'made', Row[]>>;
