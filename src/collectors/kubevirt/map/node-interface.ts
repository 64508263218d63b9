import { z } from 'zod';
import { listField } from '../../list-field.js';
import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import type { RawObject } from '../../contract.js';
import { distinctRecords } from '../../neighbour-switch.js';
import { numberField, textField } from './fields.js';
import { heardByInterface, neighbourField, neighbourText } from './node-neighbour.js';

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
    .object({ mode: textField, port: listField(z.string()) })
    .optional()
    .catch(undefined),
  ethernet: z
    .object({
      speed: numberField,
      'sr-iov': z.object({ 'total-vfs': numberField }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  ipv4: addressed,
  ipv6: addressed,
  lldp: z
    .object({ neighbors: listField(neighbourField) })
    .optional()
    .catch(undefined),
});

type NodeInterface = z.output<typeof nodeInterface>;

const bridgeMapping = z.object({ localnet: z.string(), bridge: textField });

const body = z.object({
  $networkState: z
    .object({
      interfaces: listField(nodeInterface),
      ovn: z
        .object({ 'bridge-mappings': listField(bridgeMapping) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** Ends of pods and machines: many, short-lived, and of no interest for planning. */
const ephemeral = new Set(['veth', 'tap', 'tun', 'dummy']);

const addressesOf = ({ ipv4, ipv6 }: NodeInterface): string[] =>
  [...(ipv4?.address ?? []), ...(ipv6?.address ?? [])].map(
    (one) => `${one.ip}/${one['prefix-length'] ?? ''}`,
  );

type Port = z.output<typeof port>;

const rangesOf = ({ vlan }: Port): string[] => [
  ...(vlan?.tag === undefined ? [] : [`${vlan.tag}-${vlan.tag}`]),
  ...(vlan?.['trunk-tags'] ?? []).flatMap((tag) => {
    if (tag['id-range'] !== undefined) return [`${tag['id-range'].min}-${tag['id-range'].max}`];
    return tag.id === undefined ? [] : [`${tag.id}-${tag.id}`];
  }),
];

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

/**
 * What the ports of a bridge say of VLANs. Uplinks say what may pass; ports of pods and machines
 * come and go, and say what is in use.
 */
function vlansOf({ bridge }: NodeInterface, lasting: ReadonlySet<string>) {
  const ports = bridge?.port ?? [];
  const uplinks = ports.filter(({ name }) => lasting.has(name));
  const others = ports.filter(({ name }) => !lasting.has(name));
  const filtering = uplinks.filter(({ vlan }) => vlan?.mode !== undefined);
  return {
    trunkRanges: distinct(uplinks.flatMap(rangesOf)),
    filtersVlans: uplinks.length === 0 ? undefined : uplinks.length === filtering.length,
    usedVlans: distinct(
      others.flatMap(({ vlan }) =>
        vlan?.mode === 'access' && vlan.tag !== undefined ? [String(vlan.tag)] : [],
      ),
    ),
  };
}

/** Bridges and bonds by the name of each of their ports. */
function controllersByPort(interfaces: readonly NodeInterface[]): Map<string, string[]> {
  const controllers = new Map<string, string[]>();
  for (const one of interfaces) {
    for (const name of portsOf(one)) {
      controllers.set(name, [...(controllers.get(name) ?? []), one.name]);
    }
  }
  return controllers;
}

const portsOf = (one: NodeInterface): string[] => [
  ...(one.bridge?.port ?? []).map(({ name }) => name),
  ...(one['link-aggregation']?.port ?? []),
];

/** Interfaces of a node with the switches they hear, from what its NodeNetworkState says. */
export function mapNodeInterfaces(object: RawObject): AnyRecord[] {
  const state = body.parse(object.body).$networkState;
  const lasting = (state?.interfaces ?? []).filter(({ type }) => !ephemeral.has(type ?? ''));
  const unique = new Map(lasting.map((one) => [one.name, one]));
  const names = new Set(unique.keys());
  const controllers = controllersByPort([...unique.values()]);
  const mappings = state?.ovn?.['bridge-mappings'] ?? [];
  const own = (name: string): string => `${object.externalId}/${name}`;
  const heard: AnyRecord[] = [];
  const interfaces = [...unique.values()].map((one) => {
    const facts = one.lldp?.neighbors ?? [];
    const [neighbour] = facts.map(heardByInterface);
    heard.push(...(neighbour?.records ?? []));
    const base = one.vlan?.['base-iface'];
    return record(
      'NodeInterface',
      own(one.name),
      one.name,
      {
        type: one.type,
        state: one.state,
        mac: one['mac-address']?.toLowerCase(),
        mtu: one.mtu,
        vlanId: one.vlan?.id,
        baseInterface: base,
        ports: portsOf(one),
        ipAddresses: addressesOf(one),
        ...vlansOf(one, names),
        localnets: mappings
          .filter(({ bridge }) => bridge === one.name)
          .map(({ localnet }) => localnet),
        bondMode: one['link-aggregation']?.mode,
        linkSpeedMbps: one.ethernet?.speed,
        sriovVirtualFunctions: one.ethernet?.['sr-iov']?.['total-vfs'],
        lldpNeighbours: facts.map(neighbourText),
      },
      {
        node: to('Node', object.externalId),
        controllers: (controllers.get(one.name) ?? []).map((name) =>
          to('NodeInterface', own(name)),
        ),
        ...(base !== undefined && names.has(base) ? { base: to('NodeInterface', own(base)) } : {}),
        ...(neighbour?.pluggedInto === undefined ? {} : { pluggedInto: neighbour.pluggedInto }),
      },
    );
  });
  return [...distinctRecords(heard), ...interfaces];
}
