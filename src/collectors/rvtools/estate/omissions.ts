import type { EntityKind } from '../../../graph/model/index.js';
import type { Omission } from '../../contract.js';
import type { SheetName } from '../sheets.js';

/** More would say nothing new; the rest is counted. */
const mostKept = 1_000;

/** What an export leaves open, for the person who reads it. */
export class Omissions {
  private readonly kept: Omission[] = [];
  private left = 0;

  add(omission: Omission): void {
    if (this.kept.length < mostKept) this.kept.push(omission);
    else this.left += 1;
  }

  row(kind: EntityKind, sheet: SheetName, number: number, about: string, why: string): void {
    this.add({ kind, externalId: about, what: `${sheet}, row ${number}`, why });
  }

  get all(): readonly Omission[] {
    if (this.left === 0) return this.kept;
    const what = `${this.left} more rows`;
    return [...this.kept, { kind: 'source', what, why: 'they could not be joined either' }];
  }
}
