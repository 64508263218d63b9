import { describe, expect, it } from 'vitest';
import { kubevirtCollector } from '../../../src/collectors/kubevirt/index.js';
import type { RawObject } from '../../../src/collectors/contract.js';

const raw = (type: string, externalId: string, body: Record<string, unknown>): RawObject => {
  const [namespace, name] = externalId.includes('/')
    ? externalId.split('/')
    : [undefined, externalId];
  return { type, externalId, body: { metadata: { name, namespace }, ...body } };
};

const map = (object: RawObject) =>
  kubevirtCollector.map(object, { sourceId: 'target', memory: new Map() });

const propertiesOf = (object: RawObject): Record<string, unknown> => ({
  ...map(object).records[0]?.properties,
});

const attachment = (config: unknown): RawObject =>
  raw('NetworkAttachment', 'net/lan', {
    spec: { config: typeof config === 'string' ? config : JSON.stringify(config) },
  });

describe('a network attachment', () => {
  it.each([
    [
      { type: 'bridge', bridge: 'br1', vlan: 7 },
      { pluginType: 'bridge', vlanId: 7 },
    ],
    [
      { type: 'sriov', vlan: '7' },
      { pluginType: 'sriov', vlanId: 7 },
    ],
    [
      { type: 'ovn-k8s-cni-overlay', name: 'phys', topology: 'localnet', vlanID: 9 },
      { physicalNetwork: 'phys', vlanId: 9 },
    ],
    [
      { type: 'macvlan', master: 'eth1', mtu: 9000 },
      { physicalNetwork: 'eth1', mtu: 9000 },
    ],
    [{ name: 'x', plugins: [{ type: 'vlan', vlanId: 3 }, { type: 'tuning' }] }, { vlanId: 3 }],
    [
      { type: 'bridge', vlan: {} },
      { pluginType: 'bridge', vlanId: undefined },
    ],
  ])('is read from %j', (config, expected) => {
    expect(propertiesOf(attachment(config))).toMatchObject(expected);
  });

  it.each([
    ['not json', 'its configuration is not JSON'],
    ['[1]', 'its configuration is not an object'],
  ])('with the configuration %s is kept and its fault noted', (config, why) => {
    const mapped = map(attachment(config));
    expect(mapped.records).toHaveLength(1);
    expect(mapped.omissions).toEqual([
      { kind: 'NetworkAttachment', externalId: 'net/lan', what: 'spec.config', why },
    ]);
  });

  it('without a configuration is one of the nodes and no fault', () => {
    expect(map(raw('NetworkAttachment', 'net/lan', {})).omissions).toEqual([]);
  });
});

describe('a node', () => {
  it('that says almost nothing is kept', () => {
    expect(propertiesOf(raw('Node', 'bare', {}))).toMatchObject({
      schedulable: true,
      kvm: false,
      memoryAllocatableBytes: undefined,
      extendedResources: [],
    });
  });

  it('gives its interfaces without the ends of pods', () => {
    const state = {
      interfaces: [
        {
          name: 'br1',
          type: 'linux-bridge',
          bridge: {
            port: [
              {
                name: 'eth1',
                vlan: {
                  mode: 'trunk',
                  'trunk-tags': [{ id: 5 }, { 'id-range': { min: 10, max: 20 } }],
                },
              },
              { name: 'veth0', vlan: { mode: 'access', tag: 12 } },
            ],
          },
        },
        { name: 'veth0', type: 'veth' },
        {
          name: 'eth1',
          type: 'ethernet',
          'mac-address': 'AA:BB:CC:00:00:01',
          lldp: {
            neighbors: [
              [
                { type: 5, 'system-name': 'sw1' },
                { type: 1, 'chassis-id': '00:01:30:F9:AD:A0' },
                { type: 2, 'port-id': 'ge-1' },
                { type: 127, 'ieee-802-1-vlans': [{ name: 'prod', vid: 20 }] },
                { type: 127, 'ieee-802-3-max-frame-size': 1522 },
              ],
            ],
          },
        },
        'nonsense',
      ],
      ovn: { 'bridge-mappings': [{ localnet: 'physnet', bridge: 'br1' }] },
    };
    const records = map(raw('Node', 'n1', { $networkState: state })).records;
    const interfaces = records.filter(({ kind }) => kind === 'NodeInterface');
    expect(interfaces.map(({ externalId }) => externalId)).toEqual(['n1/br1', 'n1/eth1']);
    expect(interfaces[0]?.properties).toMatchObject({
      trunkRanges: ['10-20', '5-5'],
      filtersVlans: true,
      usedVlans: ['12'],
      localnets: ['physnet'],
    });
    expect(interfaces[1]).toMatchObject({
      properties: { mac: 'aa:bb:cc:00:00:01', lldpNeighbours: ['sw1/ge-1'] },
      edges: {
        controllers: [{ externalId: 'n1/br1' }],
        pluggedInto: { externalId: '00:01:30:f9:ad:a0/ge-1' },
      },
    });
    expect(records.find(({ kind }) => kind === 'SwitchPort')?.properties).toMatchObject({
      announcedVlans: ['20'],
      mtu: 1500,
    });
  });
});

describe('a machine of the target', () => {
  const machine = (spec: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    raw('VirtualMachine', 'a/vm', { spec: { template: { spec }, ...more } });

  it('takes CPU and memory of an instance type from its instance alone', () => {
    const stopped = machine({ domain: {} }, { instancetype: { name: 'u1.large' } });
    expect(propertiesOf(stopped)).toMatchObject({
      instanceType: 'u1.large',
      cpuCount: undefined,
      memoryMB: undefined,
    });
    const running = {
      ...stopped,
      body: {
        ...stopped.body,
        $instance: {
          spec: { domain: { cpu: { sockets: 2, cores: 1, threads: 1 }, memory: { guest: '8Gi' } } },
          status: { phase: 'Running', nodeName: 'n1' },
        },
      },
    };
    expect(propertiesOf(running)).toMatchObject({
      cpuCount: 2,
      memoryMB: 8192,
      powerState: 'poweredOn',
    });
  });

  it('has secure boot wherever EFI says nothing against it', () => {
    const efi = (secureBoot?: boolean) =>
      machine({ domain: { firmware: { bootloader: { efi: { secureBoot } } } } });
    expect(propertiesOf(efi()).secureBoot).toBe(true);
    expect(propertiesOf(efi(false)).secureBoot).toBe(false);
    expect(propertiesOf(machine({})).firmware).toBe('bios');
  });

  it('has an unknown sum where the size of a disk is unknown', () => {
    const disks = {
      domain: { devices: { disks: [{ name: 'a' }, { name: 'b' }] } },
      volumes: [
        { name: 'a', persistentVolumeClaim: { claimName: 'x' } },
        { name: 'b', dataVolume: { name: 'y' } },
      ],
    };
    const known = { x: { capacityBytes: 5 }, y: { capacityBytes: 6 } };
    const object = machine(disks);
    const withClaims = (claims: object) => ({
      ...object,
      body: { ...object.body, $claims: claims },
    });
    expect(propertiesOf(withClaims(known)).diskCapacityBytes).toBe(11);
    expect(propertiesOf(withClaims({ x: known.x })).diskCapacityBytes).toBeUndefined();
  });

  it('without a template is refused by name', () => {
    expect(() => map(raw('VirtualMachine', 'a/odd', { spec: {} }))).toThrow('VirtualMachine a/odd');
  });
});
