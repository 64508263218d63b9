import { z } from 'zod';
import { listField } from '../../list-field.js';
import { record, to, type EntityRecord } from '../../../graph/model/index.js';
import type { RawObject } from '../../contract.js';
import { numberField, textField } from './fields.js';

const address = z.object({ ip: z.string(), 'prefix-length': numberField });
const addressed = z
  .object({ address: listField(address) })
  .optional()
  .catch(undefined);

const vlanRange = z.object({
  id: numberField,
  'id-range': z.object({ min: z.number(), max: z.number() }).optional(),
});

const port = z.object({
  name: z.string(),
  vlan: z
    .object({
      mode: textField,
      tag: numberField,
      'trunk-tags': listField(vlanRange),
    })
    .optional()
    .catch(undefined),
});

const neighbour = listField(z.looseObject({ 'system-name': textField, 'port-id': textField }));

const nodeInterface = z.object({
  name: z.string(),
  type: textField,
  state: textField,
  'mac-address': textField,
  mtu: numberField,
  vlan: z.object({ id: numberField, 'base-iface': textField }).optional().catch(undefined),
  bridge: z
    .object({ port: listField(port) })
    .optional()
    .catch(undefined),
  'link-aggregation': z
    .object({ port: listField(z.string()) })
    .optional()
    .catch(undefined),
  ipv4: addressed,
  ipv6: addressed,
  lldp: z
    .object({ neighbors: listField(neighbour) })
    .optional()
    .catch(undefined),
});

type NodeInterface = z.output<typeof nodeInterface>;

const body = z.object({
  $networkState: z
    .object({ interfaces: listField(nodeInterface) })
    .optional()
    .catch(undefined),
});

/** Ends of pods and machines: many, short-lived, and of no interest for planning. */
const ephemeral = new Set(['veth', 'tap', 'tun', 'dummy']);

const addressesOf = ({ ipv4, ipv6 }: NodeInterface): string[] =>
  [...(ipv4?.address ?? []), ...(ipv6?.address ?? [])].map(
    (one) => `${one.ip}/${one['prefix-length'] ?? ''}`,
  );

function trunkRangesOf({ bridge }: NodeInterface): string[] {
  const ranges = (bridge?.port ?? []).flatMap(({ vlan }) => [
    ...(vlan?.tag === undefined ? [] : [`${vlan.tag}-${vlan.tag}`]),
    ...(vlan?.['trunk-tags'] ?? []).flatMap((tag) => {
      if (tag['id-range'] !== undefined) return [`${tag['id-range'].min}-${tag['id-range'].max}`];
      return tag.id === undefined ? [] : [`${tag.id}-${tag.id}`];
    }),
  ]);
  return [...new Set(ranges)].sort();
}

/** nmstate gives a neighbour as a list of facts, one object each. */
const neighboursOf = ({ lldp }: NodeInterface): string[] =>
  (lldp?.neighbors ?? []).map((facts) => {
    const system = facts.find((fact) => fact['system-name'] !== undefined)?.['system-name'];
    const portId = facts.find((fact) => fact['port-id'] !== undefined)?.['port-id'];
    return `${system ?? ''}/${portId ?? ''}`;
  });

/** Interfaces of a node, from what its NodeNetworkState says. */
export function mapNodeInterfaces(object: RawObject): EntityRecord<'NodeInterface'>[] {
  const interfaces = body.parse(object.body).$networkState?.interfaces ?? [];
  const lasting = interfaces.filter(({ type }) => !ephemeral.has(type ?? ''));
  const unique = new Map(lasting.map((one) => [one.name, one]));
  return [...unique.values()].map((one) =>
    record(
      'NodeInterface',
      `${object.externalId}/${one.name}`,
      one.name,
      {
        type: one.type,
        state: one.state,
        mac: one['mac-address']?.toLowerCase(),
        mtu: one.mtu,
        vlanId: one.vlan?.id,
        baseInterface: one.vlan?.['base-iface'],
        ports: [
          ...(one.bridge?.port ?? []).map(({ name }) => name),
          ...(one['link-aggregation']?.port ?? []),
        ],
        ipAddresses: addressesOf(one),
        trunkRanges: trunkRangesOf(one),
        lldpNeighbours: neighboursOf(one),
      },
      { node: to('Node', object.externalId) },
    ),
  );
}
