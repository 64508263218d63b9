import { alignedBytes } from '../../virtual-machine/data-volumes.js';
import { migratedDisks } from '../../virtual-machine/disks.js';
import {
  demandOf,
  fits,
  freeOn,
  parseQuota,
  place,
  runningMachines,
  takesMachines,
} from '../capacity.js';
import { machineRule, planRule, when, type Rule, type ValidationContext } from '../context.js';

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

export const noNode = planRule({
  id: 'plan.capacity.no-node',
  severity: 'blocker',
  waivable: true,
  meaning: 'No node of the target can run machines.',
  remedy: 'Check that nodes are ready, schedulable, without taints, and offer KVM.',
  find: ({ target }) =>
    when(!target.nodes.some(takesMachines), () => ({
      what: 'No node of the target can run machines',
      why: `it has ${target.nodes.length} nodes, and none is ready, schedulable and offers KVM`,
    })),
});

export const machineFitsNowhere = machineRule({
  id: 'machine.capacity.fits-nowhere',
  severity: 'blocker',
  waivable: true,
  meaning: 'No node has enough free CPU and memory for the machine.',
  remedy: 'Free or add capacity, or leave the machine off after the migration.',
  find: (machine, { target, blueprintOf }) => {
    if (runningMachines([machine], blueprintOf).length === 0) return [];
    const nodes = target.nodes.filter(takesMachines);
    const demand = demandOf(machine, target);
    const room = nodes.map(freeOn).filter((free) => free !== undefined);
    return when(room.length > 0 && !room.some((free) => fits(demand, free)), () => ({
      what: `${machine.name} fits on no node`,
      why: `it asks for ${gibibytes(demand.memoryBytes)} and ${demand.cpuMillis} millicores, and the most that is free on one node is ${gibibytes(Math.max(...room.map((free) => free.memoryBytes)))}`,
    }));
  },
});

export const planDoesNotFit = planRule({
  id: 'plan.capacity.exceeded',
  severity: 'blocker',
  waivable: true,
  meaning: 'The running machines of the plan do not all fit on the nodes at the same time.',
  remedy: 'Free or add capacity, or split the plan.',
  find: ({ machines, target, blueprintOf }) => {
    const nodes = target.nodes.filter(takesMachines).map(freeOn);
    if (!nodes.some((free) => free !== undefined)) return [];
    const left = place(runningMachines(machines, blueprintOf), target);
    return when(left.length > 0, () => ({
      what: `${left.length} machines find no room in the target`,
      why: `after the others are placed there is none for ${left
        .slice(0, 5)
        .map(({ name }) => name)
        .join(', ')}`,
    }));
  },
});

/** Bytes that the plan asks of each storage class. */
function demandByClass({
  machines,
  mappings,
  blueprintOf,
}: ValidationContext): ReadonlyMap<string, number> {
  const classes = new Map(
    mappings.storage.map(({ source, destination }) => [source, destination?.storageClass]),
  );
  const sums = new Map<string, number>();
  for (const machine of machines) {
    for (const { datastore, capacityBytes } of migratedDisks(blueprintOf(machine))) {
      const name = classes.get(datastore ?? '');
      if (name === undefined) continue;
      sums.set(name, (sums.get(name) ?? 0) + alignedBytes(capacityBytes ?? 0));
    }
  }
  return sums;
}

export const storageDoesNotFit = planRule({
  id: 'plan.storage.capacity-exceeded',
  severity: 'blocker',
  waivable: true,
  meaning: 'The disks of the plan need more than a storage class has free.',
  remedy: 'Map some datastores to another class, add storage, or split the plan.',
  find: (context) =>
    [...demandByClass(context)].flatMap(([name, bytes]) => {
      const free = context.target.storageClasses.find((one) => one.name === name)?.capacityBytes;
      return when(typeof free === 'number' && free < bytes, () => ({
        what: `Storage class ${name} has too little room`,
        why: `the plan needs ${gibibytes(bytes)}, and ${gibibytes(free ?? 0)} are free`,
        subject: { kind: 'storageClass', id: name, name },
      }));
    }),
});

/** What the plan adds to each thing that a quota counts. */
function demandByQuota(context: ValidationContext): ReadonlyMap<string, number> {
  const { machines, target, blueprintOf } = context;
  const demands = runningMachines(machines, blueprintOf).map((one) => demandOf(one, target));
  const memory = demands.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  const cpu = demands.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0);
  const byClass = demandByClass(context);
  const storage = [...byClass.values()].reduce((sum, bytes) => sum + bytes, 0);
  const claims = machines.reduce((sum, one) => sum + migratedDisks(blueprintOf(one)).length, 0);
  return new Map([
    ['requests.memory', memory],
    ['memory', memory],
    ['requests.cpu', cpu],
    ['cpu', cpu],
    ['pods', demands.length],
    ['count/pods', demands.length],
    ['requests.storage', storage],
    ['persistentvolumeclaims', claims],
    ['count/persistentvolumeclaims', claims],
    ['count/virtualmachines.kubevirt.io', machines.length],
    ...[...byClass].map(
      ([name, bytes]) => [`${name}.storageclass.storage.k8s.io/requests.storage`, bytes] as const,
    ),
  ]);
}

export const quotaExceeded = planRule({
  id: 'plan.quota.exceeded',
  severity: 'blocker',
  waivable: true,
  meaning: 'The plan asks for more than a quota of the namespace leaves.',
  remedy: 'Raise the quota, or choose another namespace.',
  find: (context) => {
    const demands = demandByQuota(context);
    return context.target.quotas.flatMap(({ name, hard, used }) => {
      const inUse = parseQuota(used);
      return [...parseQuota(hard)].flatMap(([resource, limit]) => {
        const demand = demands.get(resource) ?? 0;
        const left = limit - (inUse.get(resource) ?? 0);
        return when(demand > left, () => ({
          what: `Quota ${name} leaves too little ${resource}`,
          why: `the plan asks for ${demand}, and ${Math.max(left, 0)} of ${limit} are left`,
          subject: { kind: 'namespace', id: context.plan.namespace, name: context.plan.namespace },
        }));
      });
    });
  },
});

const gpuClasses = new Set(['vgpu', 'pciPassthrough']);

/** Extended resources that come with hardware: `vendor/device`, and not KubeVirt's own or a bridge. */
const isHardware = (entry: string): boolean =>
  entry.includes('/') &&
  !/^(?:devices|[\w-]+\.network)\.kubevirt\.io\//u.test(entry) &&
  !entry.endsWith('=0');

export const gpusMissing = machineRule({
  id: 'machine.capacity.devices-missing',
  severity: 'warning',
  waivable: true,
  meaning:
    'The machine uses GPUs or other devices of its host, and no node has enough of any kind.',
  remedy: 'Add nodes with such devices, or plan the machine without them.',
  find: ({ name, facts }, { target }) => {
    const needed = facts.devices.filter(({ deviceClass }) => gpuClasses.has(deviceClass ?? ''));
    const most = Math.max(
      0,
      ...target.nodes
        .filter(takesMachines)
        .flatMap(({ extendedResources }) => extendedResources.filter(isHardware))
        .map((entry) => Number(entry.slice(entry.lastIndexOf('=') + 1)))
        .filter((count) => Number.isFinite(count)),
    );
    return when(needed.length > most, () => ({
      what: `${name} uses ${needed.length} devices of its host`,
      why: most === 0 ? 'no node offers any' : `no node offers more than ${most} of one kind`,
    }));
  },
});

export const capacityRules: readonly Rule[] = [
  noNode,
  machineFitsNowhere,
  planDoesNotFit,
  storageDoesNotFit,
  quotaExceeded,
  gpusMissing,
];
