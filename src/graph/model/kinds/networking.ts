import { defineKind } from '../kind.js';
import { flag, integer, text, textList } from '../property.js';
import { inProject } from './project.js';

export const network = defineKind({
  label: 'Network',
  doc: 'What a machine adapter is attached to: a port group, an opaque network, a segment.',
  keeper: 'collector',
  properties: {
    variant: text('Kind of network.', {
      indexed: true,
      values: ['standard', 'distributedPortGroup', 'opaque', 'vlan', 'flat', 'overlay', 'other'],
    }),
    path: text('Inventory path.'),
    portGroupKey: text('Key of a distributed port group.', { indexed: true }),
    isUplink: flag('It carries the uplinks of a distributed switch.'),
    vlanType: text('How it is tagged.', { values: ['none', 'access', 'trunk', 'private'] }),
    vlanId: integer('VLAN id of an access network; secondary id of a private one.', {
      indexed: true,
    }),
    trunkRanges: textList('VLAN ranges of a trunk, as `first-last`.'),
    portOverrides: textList(
      'What a single port may set otherwise: vlan, teaming, security, shaping.',
    ),
    opaqueType: text('Type of an opaque network, for instance nsx.LogicalSwitch.'),
    opaqueId: text('Id of an opaque network.', { indexed: true }),
    segmentId: text('Id of the NSX segment.', { indexed: true }),
    transportZone: text('Transport zone of the NSX segment.'),
    promiscuous: flag('Promiscuous mode is allowed.'),
    forgedTransmits: flag('Forged transmits are allowed.'),
    macChanges: flag('MAC address changes are allowed.'),
    teamingPolicy: text('Teaming policy.'),
    activeUplinks: textList('Active uplinks in order.'),
    standbyUplinks: textList('Standby uplinks in order.'),
    failureDetection: text('How a dead uplink is noticed.', { values: ['linkStatus', 'beacon'] }),
    failback: flag('Traffic goes back to a recovered uplink.'),
    notifySwitches: flag('Physical switches are told when a machine changes its uplink.'),
    ingressLimitMbps: integer('Average rate let in, where shaping is on.', { unit: 'Mbit/s' }),
    egressLimitMbps: integer('Average rate let out, where shaping is on.', { unit: 'Mbit/s' }),
    portCount: integer('Ports.', { unit: 'count' }),
    portBinding: text('earlyBinding, lateBinding or ephemeral.'),
    accessible: flag('At least one host offers it.'),
    status: text("State in the source's word: ACTIVE, DOWN, BUILD, …"),
    providerType: text('How it is carried: vlan, flat, vxlan, geneve, gre, local.', {
      indexed: true,
    }),
    physicalNetwork: text('Name of the physical network that carries it.', { indexed: true }),
    segmentationId: integer('VLAN id, VXLAN or Geneve id, by its provider type.', {
      indexed: true,
    }),
    mtu: integer('Largest frame.', { unit: 'B' }),
    isExternal: flag('It leads out of the cloud.'),
    isShared: flag('Every project may use it.'),
    portSecurityEnabled: flag('Its new ports filter addresses that are not their own.'),
    description: text('What people wrote about it.', { fullText: true }),
    labels: textList('Labels set on it.', { fullText: true }),
  },
  edges: {
    // (:Network)-[:IN_FOLDER]->(:Folder|Datacenter)
    parent: {
      type: 'IN_FOLDER',
      direction: 'out',
      to: ['Folder', 'Datacenter'],
      cardinality: 'one',
      inverse: 'networks',
      inverseCardinality: 'many',
      doc: 'Its place in the networking tree.',
    },
    // (:Network)-[:ON_SWITCH]->(:Switch)
    switch: {
      type: 'ON_SWITCH',
      direction: 'out',
      to: ['Switch'],
      cardinality: 'one',
      inverse: 'networks',
      inverseCardinality: 'many',
      doc: 'The distributed switch of a distributed port group.',
    },
    // (:Network)-[:IN_VLAN]->(:Vlan)
    vlan: {
      type: 'IN_VLAN',
      direction: 'out',
      to: ['Vlan'],
      cardinality: 'one',
      inverse: 'networks',
      inverseCardinality: 'many',
      doc: 'The VLAN of an access network.',
    },
    // (:Network)-[:TAGGED]->(:Tag)
    tags: {
      type: 'TAGGED',
      direction: 'out',
      to: ['Tag'],
      cardinality: 'many',
      inverse: 'networks',
      inverseCardinality: 'many',
      doc: 'Tags attached to it.',
    },
    // (:Network)-[:IN_PROJECT]->(:Project)
    project: inProject('networks'),
  },
});

export const portGroup = defineKind({
  label: 'PortGroup',
  doc: 'A port group of a standard switch on one host. Equal names over hosts are one Network.',
  keeper: 'collector',
  properties: {
    vlanId: integer('VLAN id; 0 none, 4095 all.', { indexed: true }),
    promiscuous: flag('Promiscuous mode is allowed.'),
    forgedTransmits: flag('Forged transmits are allowed.'),
    macChanges: flag('MAC address changes are allowed.'),
    teamingPolicy: text('Teaming policy.'),
    activeUplinks: textList('Active uplinks in order.'),
    standbyUplinks: textList('Standby uplinks in order.'),
    failureDetection: text('How a dead uplink is noticed.', { values: ['linkStatus', 'beacon'] }),
    failback: flag('Traffic goes back to a recovered uplink.'),
    notifySwitches: flag('Physical switches are told when a machine changes its uplink.'),
    ingressLimitMbps: integer('Average rate let in, where shaping is on.', { unit: 'Mbit/s' }),
    egressLimitMbps: integer('Average rate let out, where shaping is on.', { unit: 'Mbit/s' }),
  },
  edges: {
    // (:PortGroup)-[:ON_SWITCH]->(:Switch)
    switch: {
      type: 'ON_SWITCH',
      direction: 'out',
      to: ['Switch'],
      cardinality: 'one',
      inverse: 'portGroups',
      inverseCardinality: 'many',
      doc: 'The standard switch it is on.',
    },
    // (:Host)-[:HAS_PORT_GROUP]->(:PortGroup)
    host: {
      type: 'HAS_PORT_GROUP',
      direction: 'in',
      to: ['Host'],
      cardinality: 'one',
      inverse: 'portGroups',
      inverseCardinality: 'many',
      doc: 'The host that has it.',
    },
    // (:PortGroup)-[:BACKS]->(:Network)
    network: {
      type: 'BACKS',
      direction: 'out',
      to: ['Network'],
      cardinality: 'one',
      inverse: 'portGroups',
      inverseCardinality: 'many',
      doc: 'The network it is part of.',
    },
    // (:PortGroup)-[:IN_VLAN]->(:Vlan)
    vlan: {
      type: 'IN_VLAN',
      direction: 'out',
      to: ['Vlan'],
      cardinality: 'one',
      inverse: 'portGroups',
      inverseCardinality: 'many',
      doc: 'Its VLAN.',
    },
  },
});

export const virtualSwitch = defineKind({
  label: 'Switch',
  doc: 'A virtual switch: standard on one host, or distributed over many.',
  keeper: 'collector',
  properties: {
    variant: text('Kind of switch.', {
      values: ['standard', 'distributed', 'proxy', 'opaque', 'bridge', 'ovs'],
    }),
    uuid: text('UUID of a distributed switch.', { indexed: true }),
    mtu: integer('Largest frame.', { unit: 'B' }),
    portCount: integer('Ports.', { unit: 'count' }),
    version: text('Version of a distributed switch.'),
    uplinks: textList('Names of its uplinks.'),
    lags: textList('Names of its link aggregation groups.'),
    privateVlans: textList('Private VLANs as `primary/secondary/type`.'),
    networkIoControl: flag('Network I/O Control shares the uplinks among kinds of traffic.'),
    discoveryProtocol: text('cdp, lldp or none.'),
    discoveryOperation: text('listen, advertise, both or none.'),
  },
  edges: {
    // (:Host)-[:HAS_SWITCH]->(:Switch)
    host: {
      type: 'HAS_SWITCH',
      direction: 'in',
      to: ['Host'],
      cardinality: 'one',
      inverse: 'switches',
      inverseCardinality: 'many',
      doc: 'The host of a standard switch.',
    },
    // (:Switch)-[:SPANS]->(:Host)
    hosts: {
      type: 'SPANS',
      direction: 'out',
      to: ['Host'],
      cardinality: 'many',
      inverse: 'distributedSwitches',
      inverseCardinality: 'many',
      doc: 'Hosts of a distributed switch.',
    },
    // (:Switch)-[:IN_FOLDER]->(:Folder|Datacenter)
    parent: {
      type: 'IN_FOLDER',
      direction: 'out',
      to: ['Folder', 'Datacenter'],
      cardinality: 'one',
      inverse: 'switches',
      inverseCardinality: 'many',
      doc: 'Place of a distributed switch in the networking tree.',
    },
  },
});

export const vmkernelAdapter = defineKind({
  label: 'VmkernelAdapter',
  doc: 'A network interface of the hypervisor itself.',
  keeper: 'collector',
  properties: {
    device: text('Device name, for instance vmk0.'),
    mac: text('MAC address, lower case.'),
    ipAddress: text('Address.', { indexed: true }),
    subnetMask: text('Subnet mask.'),
    dhcpEnabled: flag('The address comes from DHCP.'),
    mtu: integer('Largest frame.', { unit: 'B' }),
    portGroupName: text('Port group it is on.'),
    services: textList('Services: management, vmotion, vsan, faultToleranceLogging, …'),
    netStack: text('TCP/IP stack.'),
  },
  edges: {
    // (:Host)-[:HAS_VMKERNEL_ADAPTER]->(:VmkernelAdapter)
    host: {
      type: 'HAS_VMKERNEL_ADAPTER',
      direction: 'in',
      to: ['Host'],
      cardinality: 'one',
      inverse: 'vmkernelAdapters',
      inverseCardinality: 'many',
      doc: 'The host that has it.',
    },
    // (:VmkernelAdapter)-[:CONNECTED_TO]->(:Network)
    network: {
      type: 'CONNECTED_TO',
      direction: 'out',
      to: ['Network'],
      cardinality: 'one',
      inverse: 'vmkernelAdapters',
      inverseCardinality: 'many',
      doc: 'The network it is on, where it is one of the inventory.',
    },
  },
});

export const vlan = defineKind({
  label: 'Vlan',
  doc: 'A VLAN id in use in a source.',
  keeper: 'collector',
  properties: { vlanId: integer('VLAN id, 1 to 4094.', { indexed: true }) },
  edges: {},
});
