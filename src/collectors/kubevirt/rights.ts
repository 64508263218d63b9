import { resources, type Right } from '../../kubernetes/index.js';
import { readSteps } from './raw.js';

/** A right of our account on the target, and what cannot be done without it. */
export interface NeededRight {
  readonly right: Right;
  readonly effect: string;
  /** Without it nothing at all can be planned. */
  readonly essential: boolean;
}

const reads = ['list', 'watch'] as const;

const collecting: readonly NeededRight[] = readSteps.flatMap(({ resource, kind }) =>
  reads.map((verb) => ({
    right: { verb, resource: resources[resource] },
    effect:
      verb === 'list'
        ? `${kind} objects of the target cannot be collected.`
        : `Changes of ${kind} objects show only after the next full read.`,
    essential: verb === 'list' && (resource === 'namespace' || resource === 'virtualMachine'),
  })),
);

const needed = (
  resource: keyof typeof resources,
  verbs: readonly string[],
  effect: string,
  subresource?: string,
): NeededRight[] =>
  verbs.map((verb) => ({
    right: {
      verb,
      resource: resources[resource],
      ...(subresource === undefined ? {} : { subresource }),
    },
    effect,
    essential: false,
  }));

const completing: readonly NeededRight[] = [
  ...needed(
    'virtualMachineInstance',
    reads,
    'Addresses, node and guest OS of machines are unknown.',
  ),
  ...needed('storageProfile', reads, 'Access modes of storage classes are unknown.'),
  ...needed('nodeNetworkState', reads, 'Interfaces and VLANs of nodes are unknown.'),
  ...needed('kubeVirt', reads, 'The version and feature gates of KubeVirt are unknown.'),
  ...needed('cdi', reads, 'The version of CDI is unknown.'),
  ...needed('csiStorageCapacity', ['list'], 'Free capacity of storage classes is unknown.'),
  ...needed('pod', ['list'], 'What is left of nodes is unknown, and so is whether a plan fits.'),
];

const write = ['get', 'create', 'patch', 'delete'] as const;

const migrating: readonly NeededRight[] = [
  ...needed('virtualMachine', write, 'Target machines cannot be checked, created or rolled back.'),
  ...needed('dataVolume', write, 'Disks cannot be copied.'),
  ...needed(
    'persistentVolumeClaim',
    ['get', 'patch', 'delete'],
    'Disks cannot be kept or removed.',
  ),
  ...needed('secret', write, 'Credentials for the copy cannot be handed over and removed.'),
  ...needed('configMap', write, 'Hooks and guest conversion cannot be given their input.'),
  ...needed('job', write, 'Hooks and guest conversion cannot run.'),
  ...needed('pod', ['get'], 'Failures of copies and conversions cannot be explained.'),
  ...needed('pod', ['get'], 'Failures of copies and conversions cannot be explained.', 'log'),
  ...needed('event', ['list'], 'Failures of copies and conversions cannot be explained.'),
];

const powerGroup = { ...resources.virtualMachine, group: 'subresources.kubevirt.io' };

const power: readonly NeededRight[] = ['start', 'stop'].map((subresource) => ({
  right: { verb: 'update', resource: powerGroup, subresource },
  effect: `Target machines cannot be told to ${subresource}.`,
  essential: false,
}));

/** Every right that collecting, planning and running a migration need, each once. */
export const neededRights: readonly NeededRight[] = [
  ...collecting,
  ...completing,
  ...migrating,
  ...power,
];
