import type { EdgeTarget } from '../../../graph/model/index.js';
import type { RawObject } from '../../contract.js';
import { kindOf } from '../kind-of-type.js';
import { decodedName } from '../inventory-name.js';
import { addedKeys } from '../raw.js';
import { edgesTo } from './edges.js';
import { Fields, Remarks } from './fields.js';

/** A raw object as the mapping of its kind sees it. */
export class SourceObject {
  readonly remarks: Remarks;
  readonly fields: Fields;

  constructor(readonly raw: RawObject) {
    this.remarks = new Remarks(kindOf(raw) ?? 'VirtualMachine', raw.externalId);
    this.fields = new Fields(raw.body, this.remarks);
  }

  get id(): string {
    return this.raw.externalId;
  }

  /** Id of a part: unique for its kind, since the object's own id is. */
  part(...names: readonly (string | number)[]): string {
    return [this.raw.externalId, ...names].join('/');
  }

  /** The display name. One that could not be read is replaced by the id, which people can look up. */
  get name(): string {
    const name = this.fields.filled('name');
    return name === undefined ? this.raw.externalId : decodedName(name);
  }

  get path(): string | undefined {
    return this.fields.text(addedKeys.path);
  }

  get tags(): readonly EdgeTarget[] {
    return edgesTo(
      'Tag',
      this.fields.texts(addedKeys.tags).map((value) => ({ type: 'Tag', value })),
    );
  }
}
