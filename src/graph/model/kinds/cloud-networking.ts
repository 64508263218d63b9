import { defineKind } from '../kind.js';
import { flag, integer, text, textList } from '../property.js';
import { inProject } from './project.js';

export const subnet = defineKind({
  label: 'Subnet',
  doc: 'A range of addresses of one network.',
  keeper: 'collector',
  properties: {
    cidr: text('Range, for instance 10.1.0.0/24.', { indexed: true, fullText: true }),
    ipVersion: integer('4 or 6.'),
    gatewayIp: text('Address of the gateway.'),
    dhcpEnabled: flag('Addresses are given out by DHCP.'),
    dnsServers: textList('DNS servers that DHCP tells.'),
    allocationPools: textList('Addresses to give out, as `first-last`.'),
    hostRoutes: textList('Routes that DHCP tells, as `destination via next hop`.'),
    ipv6AddressMode: text('slaac, dhcpv6-stateful or dhcpv6-stateless.'),
    description: text('What people wrote about it.', { fullText: true }),
  },
  edges: {
    // (:Subnet)-[:IN_PROJECT]->(:Project)
    project: inProject('subnets'),
    // (:Subnet)-[:OF_NETWORK]->(:Network)
    network: {
      type: 'OF_NETWORK',
      direction: 'out',
      to: ['Network'],
      cardinality: 'one',
      inverse: 'subnets',
      inverseCardinality: 'many',
      doc: 'The network it belongs to.',
    },
  },
});

export const securityGroup = defineKind({
  label: 'SecurityGroup',
  doc: 'A named set of rules for what may reach an adapter, and what it may reach.',
  keeper: 'collector',
  properties: {
    description: text('What people wrote about it.', { fullText: true }),
    stateful: flag('Answers to what was let through are let through.'),
    ruleCount: integer('Rules in it.', { unit: 'count' }),
  },
  edges: {
    // (:SecurityGroup)-[:IN_PROJECT]->(:Project)
    project: inProject('securityGroups'),
  },
});

export const securityGroupRule = defineKind({
  label: 'SecurityGroupRule',
  doc: 'What one rule of a security group lets through.',
  keeper: 'collector',
  properties: {
    trafficDirection: text('Which way the traffic goes.', { values: ['ingress', 'egress'] }),
    etherType: text('IPv4 or IPv6.'),
    protocol: text('tcp, udp, icmp, a number; absent for any.', { indexed: true }),
    portFirst: integer('First port, or ICMP type; absent for any.', { indexed: true }),
    portLast: integer('Last port, or ICMP code; absent for any.'),
    remoteCidr: text('Addresses at the other end; absent for any.'),
    description: text('What people wrote about it.'),
  },
  edges: {
    // (:SecurityGroup)-[:HAS_RULE]->(:SecurityGroupRule)
    securityGroup: {
      type: 'HAS_RULE',
      direction: 'in',
      to: ['SecurityGroup'],
      cardinality: 'one',
      inverse: 'rules',
      inverseCardinality: 'many',
      doc: 'The group it is in.',
    },
    // (:SecurityGroupRule)-[:FROM_GROUP]->(:SecurityGroup)
    remoteGroup: {
      type: 'FROM_GROUP',
      direction: 'out',
      to: ['SecurityGroup'],
      cardinality: 'one',
      inverse: 'remoteRules',
      inverseCardinality: 'many',
      doc: 'The group whose members are the other end.',
    },
  },
});

export const router = defineKind({
  label: 'Router',
  doc: 'A virtual router between networks of a cloud.',
  keeper: 'collector',
  properties: {
    status: text('ACTIVE, DOWN, …'),
    adminStateUp: flag('It is switched on.'),
    distributed: flag('Each host routes by itself (DVR).'),
    highlyAvailable: flag('It runs more than once.'),
    sourceNat: flag('It hides inner addresses behind its own.'),
    externalAddresses: textList('Its addresses on the external network.', { fullText: true }),
    routes: textList('Static routes, as `destination via next hop`.'),
    description: text('What people wrote about it.', { fullText: true }),
  },
  edges: {
    // (:Router)-[:IN_PROJECT]->(:Project)
    project: inProject('routers'),
    // (:Router)-[:GATEWAY_TO]->(:Network)
    externalNetwork: {
      type: 'GATEWAY_TO',
      direction: 'out',
      to: ['Network'],
      cardinality: 'one',
      inverse: 'gatewayRouters',
      inverseCardinality: 'many',
      doc: 'The external network it leads to.',
    },
  },
});

/** What adapters of machines and all other ports have in common. */
export const portProperties = {
  status: text("State of the port in the source's word: ACTIVE, DOWN, BUILD, …"),
  bindingHost: text('Name of the compute service that the port is bound to.', { indexed: true }),
  vnicType: text('normal, direct, macvtap, baremetal, …'),
  vifType: text('ovs, bridge, hw_veb, unbound, binding_failed, …'),
  portSecurityEnabled: flag('Addresses that are not its own are filtered.'),
  allowedAddressPairs: textList('Further addresses it may use, as `address` or `address MAC`.'),
} as const;

/** What adapters of machines and all other ports point at. */
export const portEdges = <const Inverse extends string>(inverse: Inverse) =>
  ({
    subnets: {
      type: 'ADDRESS_IN',
      direction: 'out',
      to: ['Subnet'],
      cardinality: 'many',
      inverse,
      inverseCardinality: 'many',
      doc: 'Subnets it has an address of.',
      properties: { ipAddress: text('Its addresses there, separated by blanks.') },
    },
    securityGroups: {
      type: 'PROTECTED_BY',
      direction: 'out',
      to: ['SecurityGroup'],
      cardinality: 'many',
      inverse,
      inverseCardinality: 'many',
      doc: 'Security groups that filter its traffic.',
    },
  }) as const;

export const port = defineKind({
  label: 'Port',
  doc: 'A port of a network that is no adapter of a machine: of a router, DHCP, a load balancer, or free.',
  keeper: 'collector',
  properties: {
    ...portProperties,
    mac: text('MAC address, lower case.', { indexed: true, fullText: true }),
    deviceOwner: text('What uses it, for instance network:router_interface.', { indexed: true }),
    deviceId: text('Id of what uses it.', { indexed: true }),
    ipAddresses: textList('Its addresses.', { fullText: true }),
  },
  edges: {
    // (:Port)-[:IN_PROJECT]->(:Project)
    project: inProject('ports'),
    // (:Port)-[:CONNECTED_TO]->(:Network)
    network: {
      type: 'CONNECTED_TO',
      direction: 'out',
      to: ['Network'],
      cardinality: 'one',
      inverse: 'ports',
      inverseCardinality: 'many',
      doc: 'The network it is on.',
    },
    // (:Router)-[:HAS_PORT]->(:Port)
    router: {
      type: 'HAS_PORT',
      direction: 'in',
      to: ['Router'],
      cardinality: 'one',
      inverse: 'ports',
      inverseCardinality: 'many',
      doc: 'The router whose interface or gateway it is.',
    },
    // (:Port)-[:ADDRESS_IN {ipAddress}]->(:Subnet)
    // (:Port)-[:PROTECTED_BY]->(:SecurityGroup)
    ...portEdges('ports'),
  },
});

export const floatingIp = defineKind({
  label: 'FloatingIp',
  doc: 'A public address that a router leads to an inner one.',
  keeper: 'collector',
  properties: {
    ipAddress: text('The public address.', { indexed: true, fullText: true }),
    fixedIpAddress: text('The inner address it leads to; absent while it leads nowhere.'),
    status: text('ACTIVE, DOWN or ERROR.'),
    description: text('What people wrote about it.', { fullText: true }),
  },
  edges: {
    // (:FloatingIp)-[:IN_PROJECT]->(:Project)
    project: inProject('floatingIps'),
    // (:FloatingIp)-[:ON_NETWORK]->(:Network)
    network: {
      type: 'ON_NETWORK',
      direction: 'out',
      to: ['Network'],
      cardinality: 'one',
      inverse: 'floatingIps',
      inverseCardinality: 'many',
      doc: 'The external network it is of.',
    },
    // (:FloatingIp)-[:LEADS_TO]->(:Nic|Port)
    port: {
      type: 'LEADS_TO',
      direction: 'out',
      to: ['Nic', 'Port'],
      cardinality: 'one',
      inverse: 'floatingIps',
      inverseCardinality: 'many',
      doc: 'The adapter or port whose address it leads to.',
    },
    // (:FloatingIp)-[:VIA]->(:Router)
    router: {
      type: 'VIA',
      direction: 'out',
      to: ['Router'],
      cardinality: 'one',
      inverse: 'floatingIps',
      inverseCardinality: 'many',
      doc: 'The router that translates it.',
    },
  },
});
