import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { edges, type Fields } from './fields.js';

const overlays: ReadonlySet<string> = new Set(['vxlan', 'geneve', 'gre', 'stt']);

function variantOf(providerType: string | undefined): 'vlan' | 'flat' | 'overlay' | 'other' {
  if (providerType === 'vlan' || providerType === 'flat') return providerType;
  return providerType !== undefined && overlays.has(providerType) ? 'overlay' : 'other';
}

/** A network that spans several segments says so by a list; its first one stands for it. */
const providerOf = (fields: Fields): Fields => fields.objects('segments')[0] ?? fields;

const routesOf = (fields: Fields, name: string): string[] =>
  fields
    .objects(name)
    .map((route) => `${route.text('destination') ?? ''} via ${route.text('nexthop') ?? ''}`);

export function mapNetwork(id: string, fields: Fields): readonly AnyRecord[] {
  const provider = providerOf(fields);
  const providerType = provider.text('provider:network_type');
  const segmentationId = provider.integer('provider:segmentation_id');
  const isVlan = providerType === 'vlan' && segmentationId !== undefined && segmentationId > 0;
  const physicalNetwork = provider.text('provider:physical_network');
  const network = record(
    'Network',
    id,
    fields.text('name') ?? '',
    {
      variant: variantOf(providerType),
      providerType,
      physicalNetwork,
      segmentationId,
      ...(isVlan
        ? { vlanType: 'access', vlanId: segmentationId }
        : providerType === 'flat'
          ? { vlanType: 'none' }
          : {}),
      status: fields.text('status'),
      mtu: fields.integer('mtu'),
      isExternal: fields.flag('router:external'),
      isShared: fields.flag('shared'),
      portSecurityEnabled: fields.flag('port_security_enabled'),
      description: fields.text('description'),
      labels: fields.texts('tags'),
    },
    edges({
      project: projectOf(fields),
      vlan: isVlan ? to('Vlan', String(segmentationId)) : undefined,
    }),
  );
  const vlan = record(
    'Vlan',
    String(segmentationId),
    `VLAN ${String(segmentationId)}`,
    { vlanId: segmentationId },
    {},
  );
  return isVlan ? [network, vlan] : [network];
}

/** Older clouds say tenant where newer ones say project. */
export const projectOf = (fields: Fields) =>
  fields.edge('project_id', 'Project') ?? fields.edge('tenant_id', 'Project');

export const mapSubnet = (id: string, fields: Fields): readonly AnyRecord[] => [
  record(
    'Subnet',
    id,
    fields.text('name') ?? '',
    {
      cidr: fields.text('cidr'),
      ipVersion: fields.integer('ip_version'),
      gatewayIp: fields.text('gateway_ip'),
      dhcpEnabled: fields.flag('enable_dhcp'),
      dnsServers: fields.texts('dns_nameservers'),
      allocationPools: fields
        .objects('allocation_pools')
        .map((pool) => `${pool.text('start') ?? ''}-${pool.text('end') ?? ''}`),
      hostRoutes: routesOf(fields, 'host_routes'),
      ipv6AddressMode: fields.text('ipv6_address_mode'),
      description: fields.text('description'),
    },
    edges({ project: projectOf(fields), network: fields.edge('network_id', 'Network') }),
  ),
];

export function mapSecurityGroup(id: string, fields: Fields): readonly AnyRecord[] {
  const rules = fields.objects('security_group_rules').flatMap((rule) => {
    const ruleId = rule.text('id');
    if (ruleId === undefined) return [];
    const direction = rule.text('direction');
    return [
      record(
        'SecurityGroupRule',
        ruleId,
        `${direction ?? ''} ${rule.text('protocol') ?? 'any'}`,
        {
          trafficDirection:
            direction === 'ingress' || direction === 'egress' ? direction : undefined,
          etherType: rule.text('ethertype'),
          protocol: rule.text('protocol'),
          portFirst: rule.integer('port_range_min'),
          portLast: rule.integer('port_range_max'),
          remoteCidr: rule.text('remote_ip_prefix'),
          description: rule.text('description'),
        },
        edges({
          securityGroup: to('SecurityGroup', id),
          remoteGroup: rule.edge('remote_group_id', 'SecurityGroup'),
        }),
      ),
    ];
  });
  return [
    record(
      'SecurityGroup',
      id,
      fields.text('name') ?? '',
      {
        description: fields.text('description'),
        stateful: fields.flag('stateful'),
        ruleCount: rules.length,
      },
      edges({ project: projectOf(fields) }),
    ),
    ...rules,
  ];
}

export function mapRouter(id: string, fields: Fields): readonly AnyRecord[] {
  const gateway = fields.part('external_gateway_info');
  return [
    record(
      'Router',
      id,
      fields.text('name') ?? '',
      {
        status: fields.text('status'),
        adminStateUp: fields.flag('admin_state_up'),
        distributed: fields.flag('distributed'),
        highlyAvailable: fields.flag('ha'),
        sourceNat: gateway.flag('enable_snat'),
        externalAddresses: gateway
          .objects('external_fixed_ips')
          .flatMap((address) => address.text('ip_address') ?? []),
        routes: routesOf(fields, 'routes'),
        description: fields.text('description'),
      },
      edges({
        project: projectOf(fields),
        externalNetwork: gateway.edge('network_id', 'Network'),
      }),
    ),
  ];
}
