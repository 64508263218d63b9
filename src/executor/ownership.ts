import { annotations, labels, managedByValue, type KubernetesObject } from '../kubernetes/index.js';
import type { Manifest } from './manifest.js';

/** Id of the (:MigratingVirtualMachine) that the object was made for. */
const runLabel = labels.migration;
/** The turn that wrote the object last. */
export const epochAnnotation = 'opal.konveyor.io/epoch';

export interface Stamp {
  readonly run: string;
  readonly epoch: number;
  readonly namespace: string;
  readonly sourceVirtualMachine: string;
}

/**
 * Marks an object as made by this run. Labels and UID are all that tie it to the run: an
 * ownerReference would let the garbage collector delete a migrated machine with its plan, so a
 * manifest has no place for one.
 */
export const stamped = (manifest: Manifest, stamp: Stamp): Manifest => ({
  ...manifest,
  metadata: {
    ...manifest.metadata,
    namespace: stamp.namespace,
    labels: {
      ...manifest.metadata.labels,
      [labels.managedBy]: managedByValue,
      [runLabel]: stamp.run,
    },
    annotations: {
      ...manifest.metadata.annotations,
      [epochAnnotation]: String(stamp.epoch),
      [annotations.migratedFrom]: stamp.sourceVirtualMachine,
    },
  },
});

/** Whether the live object was made by this run, and may therefore be changed or removed by it. */
export const isOwnedBy = ({ metadata }: KubernetesObject, run: string): boolean =>
  metadata.labels?.[labels.managedBy] === managedByValue && metadata.labels[runLabel] === run;

export const ownedSelector = (run: string): string =>
  `${labels.managedBy}=${managedByValue},${runLabel}=${run}`;
