import type { AnyCollector } from '../../collectors/engine/index.js';
import { SourceKind, type Collector } from '../../collectors/contract.js';
import { kubevirtCollector } from '../../collectors/kubevirt/collector.js';
import { vsphereCollector } from '../../collectors/vsphere/collector.js';

/** The engine hands each collector back its own configuration, session and cursor. */
const closed = <C, S, P>(collector: Collector<C, S, P>): AnyCollector =>
  collector;

/** Every kind of source that can be collected, under its name. */
export const collectors: ReadonlyMap<SourceKind, AnyCollector> = new Map([
  [SourceKind.vsphere, closed(vsphereCollector)],
  [SourceKind.kubevirt, closed(kubevirtCollector)],
]);
