import { describe, expect, it } from 'vitest';
import type { NetworkMapping } from '../../src/planner/index.js';
import { graphRules, findingCatalogue } from '../../src/planner/validation/catalogue.js';
import type { ValidationContext } from '../../src/planner/validation/context.js';
import { machineFindings, planFindings } from '../../src/planner/validation/validate.js';
import { blueprintOf } from './blueprint-of.js';
import { contextOf, type ContextParts } from './context-of.js';
import { diskFactsOf, gibibyte, machineFactsOf, nicFactsOf, targetFactsOf } from './facts.js';

const allFindings = (context: ValidationContext) => [
  ...planFindings(context, graphRules),
  ...context.machines.flatMap((machine) => machineFindings(machine, context, graphRules)),
];

const idsOf = (parts: ContextParts): string[] => [
  ...new Set(allFindings(contextOf(parts)).map(({ id }) => id)),
];

const { mappings } = blueprintOf();
const [mapping] = mappings.networks;
if (mapping === undefined) throw new Error('the sound machine is on a network');

const mappedTo = (destination: NetworkMapping['destination']): ContextParts => ({
  context: { mappings: { ...mappings, networks: [{ ...mapping, destination }] } },
});

const attachment = targetFactsOf().networkAttachments[0];
const node = targetFactsOf().nodes[0];
const storage = targetFactsOf().storageClasses[0];
if (attachment === undefined || node === undefined || storage === undefined) {
  throw new Error('the sound target has one of each');
}

const twoNics = { nics: [nicFactsOf(0), nicFactsOf(1)] };
const peer = { id: 'x', name: 'peer', powerState: 'poweredOn', inPlan: false };

/** A case that each rule finds, by its id. */
const cases: Readonly<Record<string, ContextParts>> = {
  'plan.namespace.not-valid': { target: { namespace: null } },
  'plan.namespace.pod-security': {
    target: { namespace: { phase: 'Active', podSecurity: 'restricted' } },
  },
  'plan.target.operator-missing': { target: { cdiVersion: null } },
  'plan.source.not-supported': {
    plan: { sources: [{ id: 'kv', name: 'kv', kind: 'kubevirt', lastSync: 1, lastComplete: 1 }] },
  },
  'plan.empty': { context: { machines: [] } },
  'plan.vddk-image.missing': { options: { copy: 'vddk' } },
  'plan.network.destination-missing': mappedTo({
    type: 'multus',
    namespace: 'default',
    name: 'none',
  }),
  'plan.network.namespace-not-valid': mappedTo({ type: 'multus', namespace: 'others', name: 'x' }),
  'plan.network.layer3': {
    target: { networkAttachments: [{ ...attachment, topology: 'layer3' }] },
  },
  'plan.network.resource-missing': {
    target: { networkAttachments: [{ ...attachment, resourceName: 'example.com/bridge' }] },
  },
  'plan.storage.destination-missing': {
    context: {
      mappings: {
        ...mappings,
        storage: mappings.storage.map((one) => ({ ...one, destination: { storageClass: 'none' } })),
      },
    },
  },
  'plan.capacity.no-node': { target: { nodes: [{ ...node, kvm: false }] } },
  'plan.capacity.exceeded': {
    target: {
      nodes: [{ ...node, memoryAllocatableBytes: 10 * gibibyte, memoryRequestedBytes: 0 }],
    },
    others: [{ machine: { id: 'vc/VirtualMachine/vm-2', name: 'web-2', nics: [] } }],
  },
  'plan.storage.capacity-exceeded': {
    target: { storageClasses: [{ ...storage, capacityBytes: gibibyte }] },
  },
  'plan.quota.exceeded': {
    target: {
      quotas: [{ name: 'small', hard: ['requests.memory=9Gi'], used: ['requests.memory=4Gi'] }],
    },
  },
  'machine.network.not-mapped': mappedTo(null),
  'machine.nic.without-network': {
    machine: { nics: [nicFactsOf(0, { network: null, networkName: null })] },
  },
  'machine.network.several-on-pod': { ...mappedTo({ type: 'pod' }), machine: twoNics },
  'machine.network.static-address-on-pod': {
    ...mappedTo({ type: 'pod' }),
    machine: {
      addresses: [
        { mac: '00:50:56:AA:00:00', ipAddress: '10.0.0.1', prefixLength: 24, origin: 'manual' },
      ],
    },
  },
  'machine.storage.not-mapped': { machine: { disks: [diskFactsOf(0, { datastore: null })] } },
  'machine.capacity.fits-nowhere': { machine: { memoryMB: 600 * 1024 } },
  'machine.capacity.devices-missing': {
    machine: {
      devices: [
        { name: 'gpu', deviceClass: 'vgpu', vgpuProfile: 'a100', backing: null, summary: null },
      ],
    },
  },
  'machine.gone': { context: { present: new Set() } },
  'machine.in-other-plan': {
    context: { otherPlans: new Map([['vc/VirtualMachine/vm-1', ['wave 2']]]) },
  },
  'machine.power-state.not-supported': { machine: { powerState: 'suspended' } },
  'machine.not-connected': { machine: { connectionState: 'orphaned' } },
  'machine.host.maintenance': {
    machine: { host: { id: 'h', externalId: 'h', name: 'esx', inMaintenanceMode: true } },
  },
  'machine.guest-agent.not-running': { machine: { toolsRunningStatus: 'guestToolsNotRunning' } },
  'machine.consolidation-needed': { machine: { consolidationNeeded: true } },
  'machine.snapshots.collapse': { machine: { snapshotCount: 2 } },
  'machine.concern.critical': {
    machine: { concerns: [{ id: 'vmware.x', category: 'Critical', label: 'X', assessment: 'Y' }] },
  },
  'machine.name.changed': { machine: { name: 'Web 1' } },
  'machine.migrated': {
    context: {
      migrated: new Map([
        [
          'vc/VirtualMachine/vm-1',
          [{ target: 'kv', machine: 'migrated/web-1', run: 'run-1', planName: 'wave 0' }],
        ],
      ]),
    },
  },
  'machine.name.not-valid': { choices: { targetName: 'Not Valid' } },
  'machine.name.taken': { context: { takenNames: new Map([['web-1', 'target']]) } },
  'machine.name.twice-in-plan': { others: [{ machine: { id: 'vc/VirtualMachine/vm-2' } }] },
  'machine.volume.taken': {
    context: { takenVolumes: new Map([['web-1-disk-0', 'a claim has it']]) },
  },
  'machine.disk.size-not-valid': { machine: { disks: [diskFactsOf(0, { capacityBytes: 0 })] } },
  'machine.disk.shared-in-use': {
    context: { sharedFiles: new Map([['vc/VirtualMachine/vm-1', [{ file: 'f', peers: [peer] }]]]) },
  },
  'machine.disk.shared': { machine: { disks: [diskFactsOf(0, { shared: true })] } },
  'machine.disk.raw-device-mapping': { machine: { disks: [diskFactsOf(0, { rdm: true })] } },
  'machine.disk.independent': {
    machine: { disks: [diskFactsOf(0, { mode: 'independent_persistent' })] },
  },
  'machine.disk.none': { machine: { disks: [] } },
  'machine.hardware.unknown': { machine: { cpuCount: null } },
  'machine.instance-type.missing': {
    choices: {
      instanceType: {
        value: { kind: 'VirtualMachineClusterInstancetype', name: 'none' },
        reasons: [],
      },
    },
  },
  'machine.mac.taken': { context: { takenMacs: new Map([['00:50:56:aa:00:00', ['other']]]) } },
  'machine.mac.twice-in-plan': {
    others: [{ machine: { id: 'vc/VirtualMachine/vm-2', name: 'web-2' } }],
  },
  'machine.guest.addresses-missing': {},
  'machine.guest.not-converted': { options: { conversion: 'skip' } },
  'machine.copy.needs-conversion': { options: { conversion: 'skip', copy: 'virt-v2v' } },
  'machine.device.left-out': {
    machine: {
      devices: [
        { name: 'usb', deviceClass: 'usb', vgpuProfile: null, backing: null, summary: null },
      ],
    },
  },
  'machine.tpm.state-lost': { machine: { tpmPresent: true } },
  'machine.encrypted': { machine: { encrypted: true } },
  'machine.fault-tolerance': { machine: { faultToleranceEnabled: true } },
};

/** A machine on which no rule fires: the agent of its guest told its addresses. */
const sound: ContextParts = {
  machine: {
    addresses: [
      { mac: '00:50:56:aa:00:00', ipAddress: '10.0.0.1', prefixLength: 24, origin: 'dhcp' },
    ],
  },
};

describe('the rules of validation', () => {
  it('take a bridge that one node offers', () => {
    const target = {
      networkAttachments: [{ ...attachment, resourceName: 'example.com/bridge' }],
      nodes: [{ ...node, extendedResources: ['example.com/bridge=1k'] }],
    };
    expect(idsOf({ target })).not.toContain('plan.network.resource-missing');
  });

  it('find nothing on a sound machine', () => {
    expect(allFindings(contextOf(sound))).toEqual([]);
  });

  it('all have a case here', () => {
    expect(Object.keys(cases).sort()).toEqual(graphRules.map(({ id }) => id).sort());
  });

  it.each(Object.entries(cases))('find %s where it is so', (id, parts) => {
    expect(idsOf(parts)).toContain(id);
  });

  it('say what, why and what to do, and name the object', () => {
    for (const parts of Object.values(cases)) {
      for (const finding of allFindings(contextOf(parts))) {
        for (const text of [finding.what, finding.why, finding.remedy, finding.subject.name]) {
          expect(text, finding.id).toMatch(/\S/u);
          expect(text, finding.id).not.toMatch(/undefined|null|\[object|NaN/u);
        }
      }
    }
  });

  it('have ids of their own', () => {
    expect(new Set(findingCatalogue.map(({ id }) => id)).size).toBe(findingCatalogue.length);
  });

  it('let a plan that may power off hard go on without the guest agent', () => {
    const machine = { toolsRunningStatus: 'guestToolsNotRunning' };
    const severityOf = (powerOff: 'graceful' | 'gracefulThenHard') =>
      allFindings(contextOf({ machine, options: { powerOff } })).find(
        ({ id }) => id === 'machine.guest-agent.not-running',
      )?.severity;
    expect(severityOf('graceful')).toBe('blocker');
    expect(severityOf('gracefulThenHard')).toBe('warning');
  });

  it('count running machines alone against nodes', () => {
    const big = { ...machineFactsOf(), memoryMB: 600 * 1024 };
    expect(idsOf({ machine: big })).toContain('machine.capacity.fits-nowhere');
    expect(idsOf({ machine: { ...big, powerState: 'poweredOff' } })).not.toContain(
      'machine.capacity.fits-nowhere',
    );
  });

  it('leave shared disks alone where the plan does', () => {
    const parts = cases['machine.disk.shared-in-use'];
    expect(idsOf({ ...parts, options: { migrateSharedDisks: false } })).not.toContain(
      'machine.disk.shared-in-use',
    );
  });
});
