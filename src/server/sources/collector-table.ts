import type { AnyCollector } from '../../collectors/any-collector.js';
import type { SourceKind } from '../../collectors/contract.js';
import {
  createKubevirtCollector,
  type KubevirtCollectorOptions,
} from '../../collectors/kubevirt/index.js';
import { createRvtoolsCollector } from '../../collectors/rvtools/index.js';
import { openstackCollector } from '../../collectors/openstack/index.js';
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

/** What collectors need of the server that they run in. */
export interface CollectorTableOptions {
  readonly kubevirt?: KubevirtCollectorOptions;
  /** Folder of uploaded files. */
  readonly uploads: string;
}

/** Kinds of source that this server can collect. */
export const collectorTable = ({ kubevirt, uploads }: CollectorTableOptions): CollectorTable => ({
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
  openstack: {
    collector: openstackCollector,
    fingerprintField: 'fingerprint',
    addressField: 'address',
  },
  rvtools: {
    collector: createRvtoolsCollector({ uploads }),
    // A file shows no certificate.
    fingerprintField: 'fingerprint',
    addressField: 'fileName',
  },
});
