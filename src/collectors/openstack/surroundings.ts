import type { RawObject } from '../contract.js';
import { isAdapter, type OpenstackType } from './raw.js';

type Body = Readonly<Record<string, unknown>>;

interface KnownVolume {
  readonly size: unknown;
  readonly bootable: boolean;
  readonly image: { readonly id: string | undefined; readonly properties: Body } | undefined;
}

interface KnownPort {
  readonly owner: string;
  readonly device: string;
  readonly network: string;
}

const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Properties that every image has for itself; all others describe the machine made from it. */
const ownOfImage: ReadonlySet<string> = new Set([
  'id', 'name', 'owner', 'self', 'file', 'schema', 'stores', 'tags', 'status', 'visibility', 'size',
  'virtual_size', 'checksum', 'protected', 'min_ram', 'min_disk', 'os_hidden', 'os_hash_algo',
  'os_hash_value', 'created_at', 'updated_at', 'disk_format', 'container_format', 'locations',
  'direct_url', '$members',
]); // prettier-ignore

/** Properties of an image beside those that every image has. */
export const imageProperties = (image: Body): Body =>
  Object.fromEntries(
    Object.entries(image).filter(
      ([name, value]) => !ownOfImage.has(name) && value !== null && value !== '',
    ),
  );

/** Types whose objects others are completed with. */
export const surroundingTypes: ReadonlySet<OpenstackType> = new Set<OpenstackType>([
  'domain',
  'project',
  'hypervisor',
  'flavor',
  'image',
  'volumeType',
  'volume',
  'port',
]);

/** What objects need of others, kept small: of a volume its size, of a port where it leads. */
export class Surroundings {
  private readonly domains = new Map<string, string>();
  private readonly projects = new Map<string, { readonly name: string; readonly parent: string }>();
  private readonly hypervisors = new Map<string, Set<string>>();
  private readonly flavors = new Map<string, Body>();
  private readonly flavorIds = new Map<string, string>();
  private readonly images = new Map<string, Body>();
  private readonly volumeTypes = new Map<string, string>();
  private readonly volumes = new Map<string, KnownVolume>();
  private readonly ports = new Map<string, KnownPort>();
  private readonly portsOfDevice = new Map<string, Set<string>>();

  note({ type, externalId: id, body }: RawObject): void {
    const name = textOf(body.name);
    switch (type) {
      case 'domain':
        this.domains.set(id, name);
        break;
      case 'project':
        this.projects.set(id, { name, parent: textOf(body.parent_id ?? body.domain_id) });
        break;
      case 'hypervisor':
        this.noteHypervisor(id, body);
        break;
      case 'flavor':
        this.flavors.set(id, body);
        this.flavorIds.set(name, id);
        break;
      case 'image':
        this.images.set(id, imageProperties(body));
        break;
      case 'volumeType':
        this.volumeTypes.set(name, id);
        break;
      case 'volume':
        this.volumes.set(id, knownVolume(body));
        break;
      case 'port':
        this.notePort(id, body);
        break;
    }
  }

  forget(type: string, id: string): void {
    switch (type) {
      case 'volume':
        this.volumes.delete(id);
        break;
      case 'port':
        this.dropPort(id);
        break;
      case 'flavor':
        this.flavorIds.delete(textOf(this.flavors.get(id)?.name));
        this.flavors.delete(id);
        break;
      case 'image':
        this.images.delete(id);
        break;
    }
  }

  /** Names of the domain and of the projects down to this one. */
  projectPath(id: unknown): string | undefined {
    const names: string[] = [];
    let at = textOf(id);
    // Bounded, since nothing here can promise that parents form no circle.
    for (let depth = 0; depth < 16 && at !== ''; depth += 1) {
      const project = this.projects.get(at);
      names.unshift(project?.name ?? this.domains.get(at) ?? '');
      at = project?.parent ?? '';
    }
    const known = names.filter((name) => name !== '');
    return known.length === 0 ? undefined : known.join('/');
  }

  /** Hypervisors of compute services, by the names of these. */
  hypervisorsOf(services: readonly string[]): string[] {
    return services.flatMap((service) => [...(this.hypervisors.get(service) ?? [])]).sort();
  }

  flavor(id: unknown): Body | undefined {
    return this.flavors.get(textOf(id));
  }

  flavorId(name: unknown): string | undefined {
    return this.flavorIds.get(textOf(name));
  }

  image(id: string): Body | undefined {
    return this.images.get(id);
  }

  volumeTypeId(name: unknown): string | undefined {
    return this.volumeTypes.get(textOf(name));
  }

  volume(id: string): KnownVolume | undefined {
    return this.volumes.get(id);
  }

  port(id: unknown): KnownPort | undefined {
    return this.ports.get(textOf(id));
  }

  /** Ids of the ports that are adapters of a machine. */
  portsOf(device: string): readonly string[] {
    return [...(this.portsOfDevice.get(device) ?? [])];
  }

  /** Adapters of a machine: their networks, one entry for each adapter. */
  networksOfDevice(device: string): string[] {
    return [...(this.portsOfDevice.get(device) ?? [])]
      .flatMap((port) => this.ports.get(port)?.network ?? [])
      .sort();
  }

  private noteHypervisor(id: string, body: Body): void {
    const service = isBody(body.service) ? textOf(body.service.host) : '';
    const known = this.hypervisors.get(service) ?? new Set();
    this.hypervisors.set(service, known.add(id));
  }

  private notePort(id: string, body: Body): void {
    this.dropPort(id);
    const owner = textOf(body.device_owner);
    const device = textOf(body.device_id);
    this.ports.set(id, { owner, device, network: textOf(body.network_id) });
    if (!isAdapter(owner) || device === '') return;
    const ofDevice = this.portsOfDevice.get(device) ?? new Set();
    this.portsOfDevice.set(device, ofDevice.add(id));
  }

  private dropPort(id: string): void {
    const device = this.ports.get(id)?.device ?? '';
    this.ports.delete(id);
    const ofDevice = this.portsOfDevice.get(device);
    ofDevice?.delete(id);
    if (ofDevice?.size === 0) this.portsOfDevice.delete(device);
  }
}

function knownVolume(body: Body): KnownVolume {
  const metadata = isBody(body.volume_image_metadata) ? body.volume_image_metadata : undefined;
  return {
    size: body.size ?? null,
    bootable: String(body.bootable) === 'true',
    image:
      metadata === undefined
        ? undefined
        : {
            id: typeof metadata.image_id === 'string' ? metadata.image_id : undefined,
            properties: imageProperties(metadata),
          },
  };
}
