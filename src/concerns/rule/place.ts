import type { Workload } from '../workload/workload.js';

/**
 * Where a concern can be fixed. All but OperatingSystem are kinds of the model and get an AT
 * relationship; an operating system is a release of a guest that many machines run, which no
 * source lists as an object.
 */
export type PlaceKind =
  | 'VirtualMachine'
  | 'Cluster'
  | 'Host'
  | 'Datastore'
  | 'Network'
  | 'Disk'
  | 'DrsRule'
  | 'OperatingSystem';

export interface Place {
  readonly kind: PlaceKind;
  /** Id of the entity; for an operating system `<source>/OperatingSystem/<guest id>`. */
  readonly id: string;
  readonly name: string;
  /** Stands for the id in the id of the cause where several entities are one thing to fix. */
  readonly key?: string;
  /** Tells several things to fix at one place apart, for instance two lost datastores of a cluster. */
  readonly part?: string;
}

/** The machine itself: nothing that other machines share has to be touched. */
export const machinePlace = (vm: Workload): Place => ({
  kind: 'VirtualMachine',
  id: vm.id,
  name: vm.name,
});

/** The cluster, else the host, else the machine: the widest thing known that it runs on. */
export function computePlace(vm: Workload): Place {
  if (vm.cluster !== null) return { kind: 'Cluster', id: vm.cluster.id, name: vm.cluster.name };
  if (vm.host !== null) return { kind: 'Host', id: vm.host.id, name: vm.host.name };
  return machinePlace(vm);
}

/** `<rule>@<id or key of the place>`, with `#<part>` where one place can have several causes. */
export const causeId = (rule: string, place: Place): string =>
  `${rule}@${place.key ?? place.id}${place.part === undefined ? '' : `#${place.part}`}`;
