import type { EntityKind } from '../../../graph/model/index.js';
import type { RawObject } from '../../contract.js';
import { Remarks } from '../../vsphere/map/fields.js';
import { rawBody, type RawBody, type RowSource } from '../raw.js';
import type { SheetName } from '../sheets.js';
import { Cells } from './cells.js';

/** A raw object as the mapping of its kind sees it: its rows by sheet. */
export class RvtoolsObject {
  readonly remarks: Remarks;
  private readonly body: RawBody;

  /** @throws z.ZodError for a body that no export gave. */
  constructor(
    private readonly raw: RawObject,
    kind: EntityKind,
  ) {
    this.remarks = new Remarks(kind, raw.externalId);
    this.body = rawBody.parse(raw.body);
  }

  get id(): string {
    return this.raw.externalId;
  }

  get nameless(): boolean {
    return this.body.nameless === true;
  }

  has(sheet: SheetName): boolean {
    return this.body.sheets.includes(sheet);
  }

  all(sheet: RowSource): readonly Cells[] {
    const { dates, rows } = this.body;
    const form = { order: dates.order, from1904: dates.from1904 };
    return (rows[sheet] ?? []).map((row) => new Cells(row, form, this.remarks));
  }

  /** The row of the object in a sheet that has one a machine, host or place; empty without one. */
  one(sheet: RowSource): Cells {
    return this.all(sheet)[0] ?? new Cells({}, { order: undefined, from1904: false }, this.remarks);
  }

  /** What the reader found out of a column, in whichever of its rows it stands. */
  made(column: string): string | undefined {
    return this.all('made')
      .map((cells) => cells.text(column))
      .find((text) => text !== undefined);
  }

  /** All that the reader found out of a column, each once. */
  allMade(column: string): readonly string[] {
    return [...new Set(this.all('made').flatMap((cells) => cells.text(column) ?? []))];
  }

  part(...names: readonly (string | number)[]): string {
    return [this.id, ...names].join('/');
  }
}
