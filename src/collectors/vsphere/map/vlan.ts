import { record, to, type AnyRecord, type EdgeTarget } from '../../../graph/model/index.js';

/** Ids that name a VLAN: 0 is untagged and 4095 is all of them. */
const isVlan = (id: number | undefined): id is number => id !== undefined && id > 0 && id < 4095;

export const vlanRecord = (id: number | undefined): AnyRecord[] =>
  isVlan(id) ? [record('Vlan', String(id), `VLAN ${id}`, { vlanId: id }, {})] : [];

export const vlanEdge = (id: number | undefined): EdgeTarget | undefined =>
  isVlan(id) ? to('Vlan', String(id)) : undefined;

/** One record a VLAN, though many port groups carry it. */
export const vlanRecords = (ids: readonly (number | undefined)[]): AnyRecord[] =>
  [...new Set(ids)].flatMap(vlanRecord);
