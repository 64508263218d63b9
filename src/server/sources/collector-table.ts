import type { AnyCollector } from '../../collectors/any-collector.js';
import type { SourceKind } from '../../collectors/contract.js';
import {
  createKubevirtCollector,
  type KubevirtCollectorOptions,
} from '../../collectors/kubevirt/index.js';
import { vsphereCollector } from '../../collectors/vsphere/collector.js';

/** How one kind of source is collected, and where its configuration keeps an accepted certificate. */
export interface CollectorEntry {
  readonly collector: AnyCollector;
  /** Field of the configuration for the SHA-256 fingerprint that a person accepted. */
  readonly fingerprintField: string;
  /** Field of the configuration that is shown as the address of the source. */
  readonly addressField: string;
}

/** Collectors by kind of source. */
export type CollectorTable = Readonly<Partial<Record<SourceKind, CollectorEntry>>>;

/** Kinds of source that this server can collect. */
export const collectorTable = (kubevirt: KubevirtCollectorOptions = {}): CollectorTable => ({
  vsphere: {
    collector: vsphereCollector,
    fingerprintField: 'fingerprint',
    addressField: 'address',
  },
  kubevirt: {
    collector: createKubevirtCollector(kubevirt),
    fingerprintField: 'certificateFingerprint',
    addressField: 'server',
  },
});
