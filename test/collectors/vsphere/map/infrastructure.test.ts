import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../../../src/graph/model/index.js';
import type { RawObject } from '../../../../src/collectors/contract.js';
import { mapped } from '../whole-read.js';
import { rawCluster, rawHost, rawPortGroup } from './raw-objects.js';

const records = (object: RawObject): Record<string, AnyRecord> =>
  Object.fromEntries(
    mapped(object).records.map((record) => [`${record.kind} ${record.externalId}`, record]),
  );

describe('a cluster', () => {
  it('tells DRS, HA and DPM', () => {
    expect(records(rawCluster())['Cluster domain-c1']?.properties).toMatchObject({
      variant: 'cluster',
      drsEnabled: true,
      drsBehavior: 'fullyAutomated',
      haEnabled: true,
      dpmEnabled: true,
      dpmBehavior: 'automated',
      hostCount: 2,
    });
  });

  it('has groups and rules that lead to machines and hosts', () => {
    const found = records(rawCluster());
    expect(found['DrsGroup domain-c1/group/rack 1']?.edges).toMatchObject({
      hosts: [{ kind: 'Host', externalId: 'host-1' }],
    });
    expect(found['DrsRule domain-c1/rule/1']).toMatchObject({
      properties: { ruleType: 'vmHostAffinity', mandatory: true, enabled: true },
      edges: {
        vmGroup: { externalId: 'domain-c1/group/db' },
        hostGroup: { externalId: 'domain-c1/group/rack 1' },
      },
    });
    expect(found['DrsRule domain-c1/rule/2']).toMatchObject({
      properties: { ruleType: 'vmAntiAffinity' },
      edges: { virtualMachines: [{ externalId: 'vm-1' }, { externalId: 'vm-2' }] },
    });
  });
});

describe('a host', () => {
  const found = records(rawHost());

  it('has its adapters, serial number and management address', () => {
    expect(found['Host host-1']?.properties).toMatchObject({
      hbas: [
        'vmhba2 FibreChannel 21:00:00:24:ff:00:00:00',
        'vmhba64 InternetScsi iqn.1998-01.com.example:esx',
      ].map((line, index) =>
        index === 0
          ? (expect.stringMatching(
              /^vmhba2 FibreChannel (?:[0-9a-f]{2}:){7}[0-9a-f]{2}$/u,
            ) as string)
          : line,
      ),
      serialNumber: 'ABC123',
      managementIps: ['10.0.0.1'],
    });
  });

  it('has switches, port groups with their VLAN, and network cards with their uplinks', () => {
    expect(found['PortGroup host-1/key-pg-prod']).toMatchObject({
      name: 'prod',
      properties: { vlanId: 12 },
      edges: {
        switch: { externalId: 'host-1/vswitch/vSwitch0' },
        network: { externalId: 'network-1' },
        vlan: { externalId: '12' },
      },
    });
    expect(found['PortGroup host-1/key-pg-all']?.edges).not.toHaveProperty('vlan');
    expect(found['PhysicalNic host-1/vmnic0']).toMatchObject({
      properties: { mac: '00:11:22:aa:bb:cc', linkSpeedMbps: 25000, linkUp: true },
      edges: { switches: [{ externalId: 'host-1/vswitch/vSwitch0' }] },
    });
    expect(found['PhysicalNic host-1/vmnic1']).toMatchObject({
      properties: { linkUp: false, sriovVirtualFunctions: 8, uplink: 'Uplink 1' },
      edges: { switches: [{ externalId: 'dvs-1' }] },
    });
    expect(found['VmkernelAdapter host-1/vmk0']).toMatchObject({
      properties: { services: ['management'], ipAddress: '10.0.0.1' },
      edges: { network: { externalId: 'network-1' } },
    });
    expect(found['Vlan 12']).toBeDefined();
  });
});

describe('the network cards of a host', () => {
  const found = records(rawHost());

  it('tell the switch, port and VLANs that they hear, over CDP or LLDP', () => {
    expect(found['PhysicalNic host-1/vmnic0']?.properties).toMatchObject({
      switchName: 'leaf-a',
      switchPort: 'Ethernet1/7',
      observedVlans: ['7', '120'],
    });
    expect(found['PhysicalNic host-1/vmnic1']?.properties).toMatchObject({
      switchName: 'leaf-b.example.com',
      switchPort: 'swp7',
      observedVlans: [],
    });
  });

  it('lead to the ports of the switches that they hear, by chassis id or else by name', () => {
    expect(found['PhysicalNic host-1/vmnic0']?.edges).toMatchObject({
      pluggedInto: { externalId: 'leaf-a/Ethernet1/7' },
    });
    expect(found['SwitchPort leaf-a/Ethernet1/7']).toMatchObject({
      properties: { protocol: 'cdp', nativeVlan: 7, mtu: 1500 },
      edges: { physicalSwitch: { externalId: 'leaf-a' } },
    });
    expect(found['SwitchPort 00:11:22:33:44:55/swp7']).toMatchObject({
      properties: { protocol: 'lldp', mtu: 9216, aggregated: true },
    });
    expect(found['PhysicalSwitch 00:11:22:33:44:55']?.properties).toMatchObject({
      systemName: 'leaf-b.example.com',
      hostName: 'leaf-b',
      chassisId: '00:11:22:33:44:55',
    });
  });

  it('are members of the groups of a distributed switch, of which each host has its own', () => {
    expect(found['PhysicalNic host-1/vmnic2']).toMatchObject({
      properties: { uplink: 'lag1-0' },
      edges: { switches: [{ externalId: 'dvs-1' }], bond: { externalId: 'host-1/dvs-1/lag1' } },
    });
    expect(found['Bond host-1/dvs-1/lag1']).toMatchObject({
      name: 'lag1',
      edges: { host: { externalId: 'host-1' }, switches: { externalId: 'dvs-1' } },
    });
    expect(found['PhysicalNic host-1/vmnic1']?.edges).not.toHaveProperty('bond');
  });

  it('tell nothing where the host was not asked', () => {
    const body = { ...rawHost().body, $networkHints: undefined };
    const card = records({ ...rawHost(), body })['PhysicalNic host-1/vmnic0'];
    expect(card?.properties).not.toHaveProperty('switchName');
  });
});

describe('a distributed port group', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'untagged',
      { $type: 'VmwareDistributedVirtualSwitchVlanIdSpec', vlanId: 0 },
      { vlanType: 'none' },
    ],
    [
      'on a VLAN',
      { $type: 'VmwareDistributedVirtualSwitchVlanIdSpec', vlanId: 7 },
      { vlanType: 'access', vlanId: 7 },
    ],
    [
      'private',
      { $type: 'VmwareDistributedVirtualSwitchPvlanSpec', pvlanId: 9 },
      { vlanType: 'private', vlanId: 9 },
    ],
    [
      'a trunk',
      {
        $type: 'VmwareDistributedVirtualSwitchTrunkVlanSpec',
        vlanId: [
          { start: 1, end: 10 },
          { start: 4094, end: 4094 },
        ],
      },
      { vlanType: 'trunk', trunkRanges: ['1-10', '4094-4094'] },
    ],
  ])('is %s', (_what, vlan, expected) => {
    const { records: all } = mapped(rawPortGroup(vlan));
    expect(all[0]?.kind).toBe('Network');
    expect(all[0]?.properties).toMatchObject(expected);
    expect(all.some(({ kind }) => kind === 'Vlan')).toBe(expected.vlanType === 'access');
  });

  it('of uplinks says so, and one of NSX has its segment', () => {
    const vlan = { $type: 'VmwareDistributedVirtualSwitchVlanIdSpec', vlanId: 0 };
    const config = { uplink: true, segmentId: '/infra/segments/a', logicalSwitchUuid: 'u' };
    expect(mapped(rawPortGroup(vlan, config)).records[0]).toMatchObject({
      properties: { isUplink: true, segmentId: '/infra/segments/a', opaqueId: 'u' },
      edges: { switch: { kind: 'Switch', externalId: 'dvs-1' } },
    });
  });
});
