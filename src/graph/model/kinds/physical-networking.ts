import { defineKind } from '../kind.js';
import { flag, integer, text, textList } from '../property.js';

export const physicalNic = defineKind({
  label: 'PhysicalNic',
  doc: 'A network card port of a host.',
  keeper: 'collector',
  properties: {
    device: text('Device name, for instance vmnic0.'),
    mac: text('MAC address, lower case.'),
    driver: text('Driver.'),
    pciAddress: text('PCI address.'),
    linkSpeedMbps: integer('Speed of the link; absent while it is down.', { unit: 'Mbit/s' }),
    duplex: flag('Full duplex.'),
    linkUp: flag('The link is up.'),
    mtu: integer('Largest frame, where the card has its own.', { unit: 'B' }),
    uplink: text('Name of the uplink that it is on its distributed switch.'),
    sriovVirtualFunctions: integer('Virtual functions in use.', { unit: 'count' }),
    observedVlans: textList('VLAN ids and ranges seen in network hints.'),
    switchName: text('Name of the neighbour switch (CDP or LLDP).'),
    switchPort: text('Port of the neighbour switch.'),
  },
  edges: {
    // (:Host)-[:HAS_PHYSICAL_NIC]->(:PhysicalNic)
    host: {
      type: 'HAS_PHYSICAL_NIC',
      direction: 'in',
      to: ['Host'],
      cardinality: 'one',
      inverse: 'physicalNics',
      inverseCardinality: 'many',
      doc: 'The host that has it.',
    },
    // (:PhysicalNic)-[:UPLINK_OF]->(:Switch)
    switches: {
      type: 'UPLINK_OF',
      direction: 'out',
      to: ['Switch'],
      cardinality: 'many',
      inverse: 'physicalNics',
      inverseCardinality: 'many',
      doc: 'Switches it is an uplink of.',
    },
    // (:PhysicalNic)-[:BONDED_IN]->(:Bond)
    bond: {
      type: 'BONDED_IN',
      direction: 'out',
      to: ['Bond'],
      cardinality: 'one',
      inverse: 'members',
      inverseCardinality: 'many',
      doc: 'The bond or link aggregation group it is a member of.',
    },
    // (:PhysicalNic)-[:CARRIES]->(:Network)
    networks: {
      type: 'CARRIES',
      direction: 'out',
      to: ['Network'],
      cardinality: 'many',
      inverse: 'carryingNics',
      inverseCardinality: 'many',
      doc: 'Networks that its host attaches to it directly (oVirt).',
    },
    // (:PhysicalNic)-[:PLUGGED_INTO]->(:SwitchPort)
    pluggedInto: {
      type: 'PLUGGED_INTO',
      direction: 'out',
      to: ['SwitchPort'],
      cardinality: 'one',
      inverse: 'physicalNics',
      inverseCardinality: 'many',
      doc: 'The port of a physical switch at the other end of its cable.',
    },
  },
});

export const bond = defineKind({
  label: 'Bond',
  doc: 'Several network cards of a host used as one: a bond or a link aggregation group.',
  keeper: 'collector',
  properties: {
    mode: text("How it spreads traffic, in the source's word: active-backup, 802.3ad, active, …"),
    lacp: flag('Its members and the switch agree on it by LACP.'),
    loadBalancing: text('What picks the member for a frame, for instance srcDestIp or layer2+3.'),
    mtu: integer('Largest frame, where it has its own.', { unit: 'B' }),
  },
  edges: {
    // (:Host)-[:HAS_BOND]->(:Bond)
    host: {
      type: 'HAS_BOND',
      direction: 'in',
      to: ['Host'],
      cardinality: 'one',
      inverse: 'bonds',
      inverseCardinality: 'many',
      doc: 'The host that has it.',
    },
    // (:Bond)-[:UPLINK_OF]->(:Switch)
    switches: {
      type: 'UPLINK_OF',
      direction: 'out',
      to: ['Switch'],
      cardinality: 'many',
      inverse: 'bonds',
      inverseCardinality: 'many',
      doc: 'Switches it is an uplink of.',
    },
    // (:Bond)-[:CARRIES]->(:Network)
    networks: {
      type: 'CARRIES',
      direction: 'out',
      to: ['Network'],
      cardinality: 'many',
      inverse: 'carryingBonds',
      inverseCardinality: 'many',
      doc: 'Networks that its host attaches to it directly (oVirt).',
    },
  },
});

export const physicalSwitch = defineKind({
  label: 'PhysicalSwitch',
  doc: 'A switch that hosts or nodes hear at the other end of a cable (CDP or LLDP).',
  keeper: 'collector',
  properties: {
    systemName: text('Its name as it tells it.'),
    hostName: text(
      'Its name in lower case and without its domain: by this it is found again in other sources.',
      { indexed: true },
    ),
    chassisId: text('Chassis id of LLDP, a MAC address in lower case.', { indexed: true }),
  },
  edges: {},
});

export const switchPort = defineKind({
  label: 'SwitchPort',
  doc: 'A port of a physical switch, as what is plugged into it hears it.',
  keeper: 'collector',
  properties: {
    portId: text('Id of the port, for instance Ethernet1/7.', { indexed: true }),
    description: text('What people wrote about it.', { fullText: true }),
    protocol: text('How it was heard.', { values: ['cdp', 'lldp'] }),
    nativeVlan: integer('VLAN of its untagged frames, as it tells.', { indexed: true }),
    announcedVlans: textList('VLAN ids that it tells it is in.'),
    mtu: integer('Largest frame, as it tells.', { unit: 'B' }),
    aggregated: flag('It tells that it is in a link aggregation now.'),
    platform: text('Hardware or system description of its switch.'),
    managementAddress: text('Management address of its switch.'),
  },
  edges: {
    // (:PhysicalSwitch)-[:HAS_SWITCH_PORT]->(:SwitchPort)
    physicalSwitch: {
      type: 'HAS_SWITCH_PORT',
      direction: 'in',
      to: ['PhysicalSwitch'],
      cardinality: 'one',
      inverse: 'switchPorts',
      inverseCardinality: 'many',
      doc: 'The switch it is a port of.',
    },
  },
});
