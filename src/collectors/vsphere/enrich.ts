import { z } from 'zod';
import type { RawObject } from '../contract.js';
import type { AttachedTags } from './attached-tags.js';
import type { InventoryIndex } from './inventory-index.js';
import { decodedName } from './inventory-name.js';
import { addedKeys } from './raw.js';

/** What the reader knows beside an object's own properties. */
export interface Surroundings {
  readonly index: InventoryIndex;
  readonly tags: AttachedTags;
  /** Names of custom fields by key. */
  readonly customFields: ReadonlyMap<number, string>;
}

const reference = z.object({ value: z.string() });
const references = z.array(reference).catch([]);
const backing = z
  .object({
    opaqueNetworkId: z.string().optional(),
    port: z.object({ portgroupKey: z.string().optional() }).optional(),
  })
  .optional()
  .catch(undefined);
const adapters = z
  .object({ device: z.array(z.object({ key: z.number().optional().catch(undefined), backing })) })
  .catch({ device: [] });
const customValues = z.array(z.object({ key: z.number() })).catch([]);

type Additions = Record<string, unknown>;

const hasPath = new Set([
  'Folder',
  'Datacenter',
  'StoragePod',
  'ComputeResource',
  'ClusterComputeResource',
  'Datastore',
  'Network',
  'OpaqueNetwork',
  'DistributedVirtualPortgroup',
  'VirtualMachine',
]);

function pathOf({ type, body }: RawObject, index: InventoryIndex): string | undefined {
  if (!hasPath.has(type) || typeof body.name !== 'string') return undefined;
  const parent = reference.safeParse(body.parent ?? body.parentVApp);
  // Without a parent it is the root folder, or a machine that stands nowhere.
  return parent.success ? index.path(parent.data.value, decodedName(body.name)) : undefined;
}

function networksOfAdapters(body: RawObject['body'], index: InventoryIndex): Additions {
  const found: Record<string, string> = {};
  for (const device of adapters.parse(body['config.hardware'] ?? {}).device) {
    const opaque = device.backing?.opaqueNetworkId;
    const key = device.backing?.port?.portgroupKey;
    const network =
      opaque === undefined ? key && index.portGroup(key) : index.opaqueNetwork(opaque);
    if (device.key !== undefined && network !== undefined && network !== '' && network !== key) {
      found[String(device.key)] = network;
    }
  }
  return Object.keys(found).length === 0 ? {} : { [addedKeys.networkOf]: found };
}

function networksOfHost(body: RawObject['body'], index: InventoryIndex): Additions {
  const standard: Record<string, string> = {};
  for (const { value } of references.parse(body.network)) {
    const name = index.name(value);
    if (name !== undefined && index.type(value) === 'Network') standard[name] = value;
  }
  const proxies = z
    .array(z.object({ dvsUuid: z.string() }))
    .catch([])
    .parse(body['config.network.proxySwitch']);
  const switches: Record<string, string> = {};
  for (const { dvsUuid } of proxies) {
    const id = index.switch(dvsUuid);
    if (id !== undefined) switches[dvsUuid] = id;
  }
  return {
    [addedKeys.networks]: standard,
    [addedKeys.switches]: switches,
  };
}

function customFieldsOf(body: RawObject['body'], names: ReadonlyMap<number, string>): Additions {
  const used = customValues
    .parse(body.customValue ?? [])
    .map(({ key }) => ({ key, name: names.get(key) }))
    .filter(({ name }) => name !== undefined);
  return used.length === 0 ? {} : { availableField: used };
}

function tagsOf({ externalId }: RawObject, tags: AttachedTags): Additions {
  if (!tags.complete) return { [addedKeys.tags]: null };
  const attached = tags.of(externalId);
  return attached.length === 0 ? {} : { [addedKeys.tags]: attached };
}

/** Adds the keys that `raw.ts` describes, so that the object alone says all that mapping needs. */
export function enrich(object: RawObject, { index, tags, customFields }: Surroundings): RawObject {
  index.learn(object);
  const path = pathOf(object, index);
  const machine = object.type === 'VirtualMachine';
  return {
    ...object,
    body: {
      ...object.body,
      ...(path === undefined ? {} : { [addedKeys.path]: path }),
      ...tagsOf(object, tags),
      ...(machine ? networksOfAdapters(object.body, index) : {}),
      ...(machine ? customFieldsOf(object.body, customFields) : {}),
      ...(object.type === 'HostSystem' ? networksOfHost(object.body, index) : {}),
    },
  };
}
