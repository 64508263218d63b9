import type { RawObject } from '../contract.js';
import type { Item } from './list-page.js';
import type { OpenstackType } from './raw.js';
import type { Surroundings } from './surroundings.js';

/** Start-up data often holds passwords; links only repeat the id. */
const leftOut: ReadonlySet<string> = new Set([
  'links',
  'adminPass',
  'OS-EXT-SRV-ATTR:user_data',
  // Counters that change all the time and say nothing that is kept.
  'uptime',
  'current_workload',
]);

const isObject = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const idIn = (value: unknown): string => (isObject(value) ? textOf(value.id) : '');

/** Only entries that say something, so that a body has no undefined in it. */
const known = (entries: Readonly<Record<string, unknown>>): Item =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

const attachedVolumes = (server: Item): string[] => {
  const attached = server['os-extended-volumes:volumes_attached'];
  return Array.isArray(attached) ? attached.map(idIn).filter((id) => id !== '') : [];
};

function imageOf(server: Item, around: Surroundings): Item | undefined {
  const id = idIn(server.image);
  if (id !== '') return { id, properties: around.image(id) ?? {} };
  // A machine without an image boots from a volume, which remembers the image it was made from.
  const boot = attachedVolumes(server)
    .map((volume) => around.volume(volume))
    .find((volume) => volume?.bootable === true);
  if (boot?.image === undefined) return undefined;
  return known({ id: boot.image.id, properties: boot.image.properties });
}

function serverExtras(id: string, server: Item, around: Surroundings, hasPorts: boolean): Item {
  const flavor = isObject(server.flavor) ? server.flavor : {};
  const named = textOf(flavor.id);
  const networks = around.networksOfDevice(id);
  return known({
    $path: around.projectPath(server.tenant_id),
    $hasUserData:
      'OS-EXT-SRV-ATTR:user_data' in server
        ? textOf(server['OS-EXT-SRV-ATTR:user_data']) !== ''
        : undefined,
    $flavorId: named === '' ? around.flavorId(flavor.original_name) : named,
    $flavor: named === '' ? undefined : around.flavor(named),
    $image: imageOf(server, around),
    $volumes: attachedVolumes(server).map((volume) => ({
      id: volume,
      size: around.volume(volume)?.size ?? null,
    })),
    ...(hasPorts ? { $networks: [...new Set(networks)], $portCount: networks.length } : {}),
  });
}

function zoneExtras(zone: Item, around: Surroundings): Item {
  const hosts = isObject(zone.hosts) ? zone.hosts : {};
  const services = Object.entries(hosts)
    .filter(([, on]) => isObject(on) && 'nova-compute' in on)
    .map(([host]) => host)
    .sort();
  // The service adds when each host was last heard of, which changes every ten seconds.
  return { hosts: services, $hypervisors: around.hypervisorsOf(services) };
}

function extrasOf(type: OpenstackType, id: string, object: Item, context: Completion): Item {
  const { around } = context;
  switch (type) {
    case 'project':
      return known({ $path: around.projectPath(id) });
    case 'server':
      return serverExtras(id, object, around, context.hasPorts);
    case 'availabilityZone':
      return zoneExtras(object, around);
    case 'volume':
      return known({ $volumeTypeId: around.volumeTypeId(object.volume_type) });
    case 'floatingIp':
      return known({ $portOwner: around.port(object.port_id)?.owner });
    default:
      return {};
  }
}

export interface Completion {
  readonly around: Surroundings;
  /** False where ports could not be read: then nothing is said about a machine's networks. */
  readonly hasPorts: boolean;
}

/** The raw object of what a service gave, with what others say about it; and notes it for others. */
export function complete(
  type: OpenstackType,
  externalId: string,
  object: Item,
  context: Completion,
): RawObject {
  const kept = Object.fromEntries(Object.entries(object).filter(([name]) => !leftOut.has(name)));
  // A project is in its own path.
  context.around.note({ type, externalId, body: kept });
  const body = { ...kept, ...extrasOf(type, externalId, object, context) };
  return { type, externalId, body };
}
