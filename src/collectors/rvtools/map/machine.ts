import { to, type EdgeTarget } from '../../../graph/model/index.js';
import type { RawObject } from '../../contract.js';
import { saysYes } from '../said-yes.js';
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

  get name(): string {
    return (this.nameless ? undefined : this.one('vInfo').text('vm')) ?? this.id;
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
