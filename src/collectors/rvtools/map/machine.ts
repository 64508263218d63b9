import { to, type EdgeTarget } from '../../../graph/model/index.js';
import type { RawObject } from '../../contract.js';
import { decodedName } from '../../vsphere/inventory-name.js';
import { saysYes } from '../said-yes.js';
import type { SheetName } from '../sheets.js';
import type { Cells } from './cells.js';
import { RvtoolsObject } from './rvtools-object.js';

/** A virtual machine or a template with its rows. */
export class Machine extends RvtoolsObject {
  constructor(raw: RawObject) {
    super(raw, 'VirtualMachine');
  }

  get isTemplate(): boolean {
    return saysYes(this.one('vInfo').row.template) === true;
  }

  get self(): EdgeTarget {
    return to(this.isTemplate ? 'Template' : 'VirtualMachine', this.id);
  }

  /** Rows of its parts in a sheet; unknown for a machine whose configuration could not be read. */
  rowsOf(sheet: SheetName): readonly Cells[] | undefined {
    const rows = this.all(sheet);
    if (!this.has(sheet)) return undefined;
    const isUnread = this.one('vInfo').text('cpus') === undefined && rows.length === 0;
    return isUnread ? undefined : rows;
  }

  get name(): string {
    const written = this.nameless ? undefined : this.one('vInfo').text('vm');
    return written === undefined ? this.id : decodedName(written);
  }
}

/** Tells parts of one name apart: the second is `… (2)`. */
export function uniqueIds(): (id: string) => string {
  const seen = new Map<string, number>();
  return (id) => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id} (${count})`;
  };
}
