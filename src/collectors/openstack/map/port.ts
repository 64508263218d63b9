import { record, to, type AnyRecord, type EdgeTarget } from '../../../graph/model/index.js';
import { isAdapter } from '../raw.js';
import { edges, type Fields } from './fields.js';
import { projectOf } from './network.js';

const addressesOf = (fields: Fields): string[] =>
  fields.objects('fixed_ips').flatMap((fixed) => fixed.text('ip_address') ?? []);

/** One relationship a subnet, although a port may have several addresses of it. */
function subnetsOf(fields: Fields): EdgeTarget[] {
  const addresses = new Map<string, string[]>();
  for (const fixed of fields.objects('fixed_ips')) {
    const subnet = fixed.text('subnet_id');
    const address = fixed.text('ip_address');
    if (subnet === undefined || address === undefined) continue;
    addresses.set(subnet, [...(addresses.get(subnet) ?? []), address]);
  }
  return [...addresses].map(([subnet, ips]) => ({
    ...to('Subnet', subnet),
    properties: { ipAddress: ips.join(' ') },
  }));
}

const common = (fields: Fields) => ({
  mac: fields.text('mac_address')?.toLowerCase(),
  status: fields.text('status'),
  bindingHost: fields.text('binding:host_id'),
  vnicType: fields.text('binding:vnic_type'),
  vifType: fields.text('binding:vif_type'),
  portSecurityEnabled: fields.flag('port_security_enabled'),
  ipAddresses: addressesOf(fields),
  allowedAddressPairs: fields
    .objects('allowed_address_pairs')
    .map((pair) => [pair.text('ip_address'), pair.text('mac_address')].filter(Boolean).join(' ')),
});

const places = (fields: Fields) => ({
  network: fields.edge('network_id', 'Network'),
  subnets: subnetsOf(fields),
  securityGroups: fields.texts('security_groups').map((group) => to('SecurityGroup', group)),
});

const routerOwners: ReadonlySet<string> = new Set([
  'network:router_interface',
  'network:router_interface_distributed',
  'network:ha_router_replicated_interface',
  'network:router_gateway',
  'network:router_centralized_snat',
]);

/** An adapter of a machine, or a port of something else. */
export function mapPort(id: string, fields: Fields): readonly AnyRecord[] {
  const owner = fields.text('device_owner');
  const device = fields.text('device_id');
  const name = fields.text('name') ?? fields.text('mac_address') ?? id;
  if (isAdapter(owner) && device !== undefined) {
    return [
      record(
        'Nic',
        id,
        name,
        {
          ...common(fields),
          model:
            fields.text('binding:vnic_type')?.startsWith('direct') === true ? 'sriov' : undefined,
          connected: fields.text('status') === 'ACTIVE',
          startConnected: fields.flag('admin_state_up'),
          pciAddress: fields.part('binding:profile').text('pci_slot'),
          portKey: id,
        },
        edges({ ...places(fields), machine: to('VirtualMachine', device) }),
      ),
    ];
  }
  return [
    record(
      'Port',
      id,
      name,
      { ...common(fields), deviceOwner: owner, deviceId: device },
      edges({
        ...places(fields),
        project: projectOf(fields),
        router:
          owner !== undefined && routerOwners.has(owner) && device !== undefined
            ? to('Router', device)
            : undefined,
      }),
    ),
  ];
}

export function mapFloatingIp(id: string, fields: Fields): readonly AnyRecord[] {
  const port = fields.text('port_id');
  const owner = fields.part('port_details').text('device_owner') ?? fields.text('$portOwner');
  return [
    record(
      'FloatingIp',
      id,
      fields.text('floating_ip_address') ?? id,
      {
        ipAddress: fields.text('floating_ip_address'),
        fixedIpAddress: fields.text('fixed_ip_address'),
        status: fields.text('status'),
        description: fields.text('description'),
      },
      edges({
        project: projectOf(fields),
        network: fields.edge('floating_network_id', 'Network'),
        port: port === undefined ? undefined : to(isAdapter(owner) ? 'Nic' : 'Port', port),
        router: fields.edge('router_id', 'Router'),
      }),
    ),
  ];
}
