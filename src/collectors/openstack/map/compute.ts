import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { edges, type Fields } from './fields.js';

interface CpuInfo {
  readonly model?: unknown;
  readonly vendor?: unknown;
  readonly sockets?: number;
  readonly coresOfSocket?: number;
  readonly threadsOfCore?: number;
}

/** Before microversion 2.28 the description of the CPU is JSON within a text. */
function cpuInfo(fields: Fields): CpuInfo {
  const described = fields.objectOrJson('cpu_info');
  const topology = described.part('topology');
  const sockets = topology.integer('sockets');
  const cores = topology.integer('cores');
  const threads = topology.integer('threads');
  return {
    model: described.text('model'),
    vendor: described.text('vendor'),
    ...(sockets === undefined ? {} : { sockets }),
    ...(cores === undefined ? {} : { coresOfSocket: cores }),
    ...(threads === undefined ? {} : { threadsOfCore: threads }),
  };
}

const product = (...factors: readonly (number | undefined)[]): number | undefined =>
  factors.reduce((all, factor) =>
    all === undefined || factor === undefined ? undefined : all * factor,
  );

const connectionStates: Readonly<Record<string, string>> = {
  up: 'connected',
  down: 'notResponding',
};

export function mapHypervisor(id: string, fields: Fields): readonly AnyRecord[] {
  const cpu = cpuInfo(fields);
  const service = fields.part('service');
  const address = fields.text('host_ip');
  const cores = product(cpu.sockets, cpu.coresOfSocket);
  return [
    record(
      'Host',
      id,
      id,
      {
        connectionState: connectionStates[fields.text('state') ?? ''],
        serviceHost: service.text('host'),
        serviceStatus: fields.text('status'),
        hypervisorType: fields.text('hypervisor_type'),
        productName: fields.text('hypervisor_type'),
        productVersion: fields.text('hypervisor_version'),
        managementIps: address === undefined ? [] : [address],
        cpuModel: typeof cpu.model === 'string' ? cpu.model : undefined,
        vendor: typeof cpu.vendor === 'string' ? cpu.vendor : undefined,
        cpuSockets: cpu.sockets,
        cpuCores: cores,
        // What the scheduler counts: a thread of the hardware is one virtual CPU to it.
        cpuThreads: fields.integer('vcpus') ?? product(cores, cpu.threadsOfCore),
        memoryBytes: fields.mebibytes('memory_mb'),
        memoryUsageMB: fields.integer('memory_mb_used'),
        runningVms: fields.integer('running_vms'),
      },
      {},
    ),
  ];
}

export const mapAvailabilityZone = (id: string, fields: Fields): readonly AnyRecord[] => [
  record(
    'AvailabilityZone',
    id,
    id,
    {
      available: fields.part('zoneState').flag('available'),
      serviceHosts: fields.texts('hosts'),
    },
    { hosts: fields.texts('$hypervisors').map((host) => to('Host', host)) },
  ),
];

export const mapFlavor = (id: string, fields: Fields): readonly AnyRecord[] => [
  record(
    'Flavor',
    id,
    fields.text('name') ?? '',
    {
      cpuCount: fields.integer('vcpus'),
      memoryMB: fields.integer('ram'),
      rootDiskBytes: fields.gibibytes('disk'),
      ephemeralDiskBytes: fields.gibibytes('OS-FLV-EXT-DATA:ephemeral'),
      // Old services give an empty text for no swap.
      swapMB: fields.integer('swap') ?? 0,
      isPublic: fields.flag('os-flavor-access:is_public'),
      disabled: fields.flag('OS-FLV-DISABLED:disabled'),
      description: fields.text('description'),
      extraSpecs: fields.has('extra_specs') ? fields.pairs('extra_specs') : undefined,
    },
    {},
  ),
];

const policies = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'];

export function mapServerGroup(id: string, fields: Fields): readonly AnyRecord[] {
  // Before microversion 2.64 a list with one word in it.
  const policy = fields.text('policy') ?? fields.texts('policies')[0];
  return [
    record(
      'ServerGroup',
      id,
      fields.text('name') ?? '',
      {
        policy: policies.find((known) => known === policy),
        maximumPerHost: fields.part('rules').integer('max_server_per_host'),
      },
      edges({
        project: fields.edge('project_id', 'Project'),
        virtualMachines: fields.texts('members').map((member) => to('VirtualMachine', member)),
      }),
    ),
  ];
}
