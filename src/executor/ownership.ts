import type { KubernetesObject } from '../kubernetes/index.js';
import type { Manifest } from './manifest.js';

export const managedByLabel = 'app.kubernetes.io/managed-by';
export const manager = 'opal';
/** Id of the (:MigratingVirtualMachine) that the object was made for. */
export const runLabel = 'opal.konveyor.io/run';
export const epochAnnotation = 'opal.konveyor.io/epoch';
export const sourceAnnotation = 'opal.konveyor.io/source-virtual-machine';

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
    labels: { ...manifest.metadata.labels, [managedByLabel]: manager, [runLabel]: stamp.run },
    annotations: {
      ...manifest.metadata.annotations,
      [epochAnnotation]: String(stamp.epoch),
      [sourceAnnotation]: stamp.sourceVirtualMachine,
    },
  },
});

/** Whether the live object was made by this run, and may therefore be changed or removed by it. */
export const isOwnedBy = ({ metadata }: KubernetesObject, run: string): boolean =>
  metadata.labels?.[managedByLabel] === manager && metadata.labels[runLabel] === run;

export const ownedSelector = (run: string): string =>
  `${managedByLabel}=${manager},${runLabel}=${run}`;
