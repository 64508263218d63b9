import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { buildVirtualMachine } from '../../src/planner/virtual-machine/build.js';
import {
  alignedBytes,
  baseFile,
  buildDataVolumes,
} from '../../src/planner/virtual-machine/data-volumes.js';
import { orderedDisks } from '../../src/planner/virtual-machine/disks.js';
import { renderYaml } from '../../src/planner/virtual-machine/yaml.js';
import { blueprintOf, type BlueprintParts } from './blueprint-of.js';
import { diskFactsOf, nicFactsOf } from './facts.js';

/** The built machine as plain JSON, to look into. */
const build = (parts: BlueprintParts = {}) =>
  JSON.parse(JSON.stringify(buildVirtualMachine(blueprintOf(parts)))) as {
    metadata: { labels: Record<string, string>; annotations: Record<string, string> };
    spec: {
      runStrategy: string;
      instancetype?: unknown;
      preference?: unknown;
      template: {
        spec: { domain: Record<string, unknown>; networks: unknown[]; volumes: unknown[] };
      };
    };
  };

const domainOf = (parts: BlueprintParts = {}) => build(parts).spec.template.spec.domain;
const devicesOf = (parts: BlueprintParts = {}) =>
  domainOf(parts).devices as {
    disks: Record<string, unknown>[];
    interfaces: Record<string, unknown>[];
    inputs: unknown[];
    tpm: unknown;
    autoattachPodInterface?: boolean;
  };

describe('a target machine', () => {
  it('keeps firmware, identity and secure boot with system management mode', () => {
    expect(domainOf({ machine: { firmware: 'efi', secureBoot: true } })).toMatchObject({
      firmware: {
        bootloader: { efi: { secureBoot: true } },
        uuid: '4231d5f0-6a44-8a5c-0000-0123456789ab',
        serial: '4231d5f0-6a44-8a5c-0000-0123456789ab',
      },
      features: { smm: { enabled: true } },
    });
    const plain = domainOf({ machine: { firmware: 'efi', secureBoot: false, uuid: 'odd' } });
    expect(plain.firmware).toEqual({ bootloader: { efi: { secureBoot: false } } });
    expect(plain.features).not.toHaveProperty('smm');
    expect(domainOf().firmware).toMatchObject({ bootloader: { bios: {} } });
  });

  it.each([
    [8, 4, { sockets: 2, cores: 4, threads: 1 }],
    [6, 4, { sockets: 6, cores: 1, threads: 1 }],
    [2, null, { sockets: 2, cores: 1, threads: 1 }],
    [1, 0, { sockets: 1, cores: 1, threads: 1 }],
  ])('of %s CPUs, %s a socket, has the topology %j', (cpuCount, coresPerSocket, expected) => {
    expect(domainOf({ machine: { cpuCount, coresPerSocket } }).cpu).toMatchObject(expected);
  });

  it('leaves CPU and memory to its instance type', () => {
    const type = {
      name: 'u1',
      clusterWide: true,
      namespaceName: null,
      cpuGuest: 4,
      memoryGuestBytes: 8 * 2 ** 30,
      dedicatedCpuPlacement: false,
      gpus: [],
    };
    const parts: BlueprintParts = {
      target: { instanceTypes: [type] },
      options: { instanceTypes: 'exact' },
    };
    expect(build(parts).spec.instancetype).toEqual({
      kind: 'VirtualMachineClusterInstancetype',
      name: 'u1',
    });
    expect(domainOf(parts)).not.toHaveProperty('memory');
    expect(domainOf(parts).cpu).not.toHaveProperty('sockets');
  });

  it('has its disks in the order a BIOS looks for them, the first to boot from', () => {
    const disks = [
      diskFactsOf(0, { id: 'a', bus: 'sata' }),
      diskFactsOf(1, { id: 'b', controllerBusNumber: 1, unitNumber: 0 }),
      diskFactsOf(2, { id: 'c', controllerBusNumber: 0, unitNumber: 10 }),
      diskFactsOf(3, { id: 'd', controllerBusNumber: 0, unitNumber: 2 }),
    ];
    expect(orderedDisks({ disks }).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
    const devices = devicesOf({ machine: { disks } }).disks;
    expect(devices.map(({ bootOrder }) => bootOrder)).toEqual([1, undefined, undefined, undefined]);
    expect(devices.map(({ name }) => name)).toEqual(['vol-0', 'vol-1', 'vol-2', 'vol-3']);
  });

  it('gives every disk a serial, and shared ones no cache', () => {
    const disks = [
      diskFactsOf(0, { serial: null, shared: true }),
      diskFactsOf(1, { serial: 'AB c/1' }),
    ];
    const [shared, plain] = devicesOf({ machine: { disks } }).disks;
    expect(shared).toMatchObject({ shareable: true, cache: 'none' });
    expect(shared?.serial).toMatch(/^[0-9a-f]{20}$/u);
    expect(plain?.serial).toBe('abc1');
  });

  it('keeps MAC addresses and binds each network as it has to be bound', () => {
    const nics = [
      nicFactsOf(0, { mac: '00:50:56:AA:00:01' }),
      nicFactsOf(1, { network: 'vc/Network/none', networkName: 'unmapped' }),
      nicFactsOf(2, { startConnected: false }),
    ];
    const devices = devicesOf({ machine: { nics } });
    expect(devices.interfaces).toEqual([
      { name: 'net-0', bridge: {}, model: 'virtio', macAddress: '00:50:56:aa:00:01' },
      {
        name: 'net-1',
        bridge: {},
        model: 'virtio',
        macAddress: '00:50:56:aa:00:02',
        state: 'down',
      },
    ]);
    expect(build({ machine: { nics } }).spec.template.spec.networks[0]).toEqual({
      name: 'net-0',
      multus: { networkName: 'default/prod-vlan100' },
    });
  });

  it('is on no network at all where its source is on none', () => {
    expect(devicesOf({ machine: { nics: [] } })).toMatchObject({
      interfaces: [],
      autoattachPodInterface: false,
    });
  });

  it('has devices that every system knows where its guest is not converted', () => {
    const devices = devicesOf({ options: { conversion: 'skip' } });
    expect(devices.disks[0]).toMatchObject({ disk: { bus: 'sata' } });
    expect(devices.interfaces[0]).toMatchObject({ model: 'e1000e' });
    expect(devices.inputs).toEqual([{ name: 'tablet', type: 'tablet', bus: 'usb' }]);
  });

  it('has a TPM that lasts, or explicitly none', () => {
    expect(devicesOf({ machine: { tpmPresent: true } }).tpm).toEqual({ persistent: true });
    expect(devicesOf().tpm).toEqual({ enabled: false });
  });

  it('runs as its source did, or as it is told', () => {
    const strategy = (powerState: string, asked: 'auto' | 'on' | 'off' = 'auto') =>
      build({ machine: { powerState }, options: { powerState: asked } }).spec.runStrategy;
    expect(strategy('poweredOn')).toBe('Always');
    expect(strategy('poweredOff')).toBe('Halted');
    expect(strategy('poweredOff', 'on')).toBe('Always');
    expect(strategy('poweredOn', 'off')).toBe('Halted');
  });

  it('keeps the clock of its host where the zone is a known one', () => {
    const zone = (timezone: string | null) =>
      domainOf({ machine: { host: { id: 'h', externalId: 'h', name: 'h', timezone } } }).clock;
    expect(zone('Europe/Berlin')).toMatchObject({ timezone: 'Europe/Berlin' });
    expect(zone('Mars/Base')).toMatchObject({ utc: {} });
  });

  it('carries tags, attributes and its origin', () => {
    const { labels, annotations } = build({
      machine: {
        name: 'Web 1',
        tags: [
          { name: 'b', category: 'Team' },
          { name: 'a/x', category: 'Team' },
        ],
        customAttributes: ['Owner=Zoë', 'broken'],
      },
      options: { labels: { wave: 'one' } },
    }).metadata;
    expect(labels).toMatchObject({
      'tags.opal.konveyor.io/Team': 'a-x_b',
      wave: 'one',
      'app.kubernetes.io/managed-by': 'opal',
      'opal.konveyor.io/plan': '7d9f7c1e-0000-4000-8000-000000000001',
    });
    expect(annotations).toMatchObject({
      'attributes.opal.konveyor.io/Owner': 'Zoë',
      'opal.konveyor.io/migrated-from': 'vc/VirtualMachine/vm-1',
      'opal.konveyor.io/original-name': 'Web 1',
    });
  });

  it('is never owned by an object of ours', () => {
    expect(JSON.stringify(build())).not.toContain('ownerReferences');
  });
});

describe('the volumes of a target machine', () => {
  it('are blank where virt-v2v fills them, and read by VDDK where CDI does', () => {
    const [blank] = buildDataVolumes(blueprintOf());
    expect(blank?.manifest.spec.source).toEqual({ blank: {} });
    const file = '[ds-1] web/web-000003.vmdk';
    const disks = [diskFactsOf(0, { file })];
    const [vddk] = buildDataVolumes(
      blueprintOf({ machine: { disks }, options: { copy: 'vddk' } }),
      {
        url: 'https://vc/sdk',
        thumbprint: 'AA',
      },
    );
    expect(vddk?.manifest.spec).toMatchObject({
      source: {
        vddk: {
          backingFile: '[ds-1] web/web.vmdk',
          uuid: '4231d5f0-6a44-8a5c-0000-0123456789ab',
          url: 'https://vc/sdk',
          thumbprint: 'AA',
        },
      },
      storage: {
        storageClassName: 'ceph-block',
        accessModes: ['ReadWriteMany'],
        volumeMode: 'Block',
        resources: { requests: { storage: '10Gi' } },
      },
    });
  });

  it('are as large as the disk, in whole mebibytes', () => {
    expect(alignedBytes(1)).toBe(2 ** 20);
    expect(alignedBytes(2 ** 20)).toBe(2 ** 20);
    expect(alignedBytes(2 ** 20 + 1)).toBe(2 ** 21);
  });

  it('are read from the base of a chain of snapshots, and from nothing else', () => {
    expect(baseFile('[a] b/b-000012.vmdk')).toBe('[a] b/b.vmdk');
    expect(baseFile('[a] b/b-00001.vmdk')).toBe('[a] b/b-00001.vmdk');
  });

  it('are named by the machine, which claims them by these names', () => {
    const blueprint = blueprintOf({ machine: { disks: [diskFactsOf(0), diskFactsOf(1)] } });
    const names = buildDataVolumes(blueprint).map(({ manifest }) => manifest.metadata.name);
    expect(names).toEqual(['web-1-disk-0', 'web-1-disk-1']);
    const claims = JSON.stringify(buildVirtualMachine(blueprint).spec);
    for (const name of names) expect(claims).toContain(`"claimName":"${name}"`);
  });

  it('stand before the machine in YAML', () => {
    const kinds = parseAllDocuments(renderYaml(blueprintOf())).map(
      (document) => (document.toJSON() as { kind: string }).kind,
    );
    expect(kinds).toEqual(['DataVolume', 'VirtualMachine']);
  });
});
