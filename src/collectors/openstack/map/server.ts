import {
  record,
  to,
  type AnyRecord,
  type EntityRecord,
  type KindProperties,
} from '../../../graph/model/index.js';
import { diskBus } from './disk-bus.js';
import { edges, type Fields } from './fields.js';
import { osFamily } from './os-family.js';

type Machine = KindProperties<'VirtualMachine'>;

const powerStates: Readonly<Record<number, Machine['powerState']>> = {
  1: 'poweredOn',
  3: 'paused',
  4: 'poweredOff',
  6: 'poweredOff',
  7: 'suspended',
};

/** For accounts that may not see the hypervisor's state, what the status says of it. */
const powerOfStatus: Readonly<Record<string, string>> = {
  ACTIVE: 'poweredOn',
  PASSWORD: 'poweredOn',
  REBOOT: 'poweredOn',
  HARD_REBOOT: 'poweredOn',
  RESCUE: 'poweredOn',
  PAUSED: 'paused',
  SUSPENDED: 'suspended',
  SHUTOFF: 'poweredOff',
  SHELVED: 'poweredOff',
  SHELVED_OFFLOADED: 'poweredOff',
  SOFT_DELETED: 'poweredOff',
};

const powerStateOf = (fields: Fields): string =>
  powerStates[fields.integer('OS-EXT-STS:power_state') ?? 0] ??
  powerOfStatus[fields.text('status') ?? ''] ??
  'unknown';

interface Address {
  readonly ip: string;
  readonly floating: boolean;
}

function addressesOf(fields: Fields): readonly Address[] {
  const addresses = fields.part('addresses');
  return fields.keys('addresses').flatMap((network) =>
    addresses.objects(network).flatMap((each) => {
      const ip = each.text('addr');
      return ip === undefined
        ? []
        : [{ ip, floating: each.text('OS-EXT-IPS:type') === 'floating' }];
    }),
  );
}

function addressProperties(fields: Fields): Machine {
  const addresses = addressesOf(fields);
  const ips = [...new Set(addresses.map(({ ip }) => ip))];
  const access = fields.text('accessIPv4') ?? fields.text('accessIPv6');
  return {
    ipAddress: access ?? addresses.find(({ floating }) => !floating)?.ip,
    ipAddresses: ips,
    floatingIpAddresses: [
      ...new Set(addresses.filter(({ floating }) => floating).map(({ ip }) => ip)),
    ],
  };
}

const isTrue = (text: string | undefined): boolean | undefined =>
  text === undefined ? undefined : /^(?:true|1|yes|required)$/iu.test(text);

/** What the image and the flavor ask of the virtual hardware; the flavor has the last word. */
function hardwareProperties(image: Fields, flavor: Fields): Machine {
  const specs = flavor.part('extra_specs');
  const firmware = image.text('hw_firmware_type');
  return {
    firmware: firmware === 'uefi' ? 'efi' : firmware === 'bios' ? 'bios' : undefined,
    secureBoot: isTrue(specs.text('os:secure_boot') ?? image.text('os_secure_boot')),
    tpmPresent: (specs.text('hw:tpm_version') ?? image.text('hw_tpm_version')) !== undefined,
    hardwareVersion: image.text('hw_machine_type'),
    coresPerSocket: specs.integer('hw:cpu_cores') ?? image.integer('hw_cpu_cores'),
  };
}

/** Distribution and version as their owner wrote them, for instance `centos` and `7.9`. */
function guestProperties(image: Fields): Machine {
  const distro = image.text('os_distro');
  const version = image.text('os_version');
  const readable = [distro, version].filter((word) => word !== undefined).join(' ');
  const type = image.text('os_type');
  return {
    guestId: distro,
    guestName: readable === '' ? undefined : readable,
    osFamily: osFamily(distro, type),
  };
}

const gibibyte = 2 ** 30;
const mebibyte = 2 ** 20;

/** Disks that the hypervisor itself holds: they are no volumes and vanish with the machine. */
function localDisks(machine: string, fields: Fields, flavor: Fields): EntityRecord<'Disk'>[] {
  const image = fields.part('$image').part('properties');
  const bus = diskBus(image.text('hw_disk_bus'));
  const fromImage = fields.part('image').text('id') !== undefined;
  const ephemeral = flavor.integer('ephemeral') ?? flavor.integer('OS-FLV-EXT-DATA:ephemeral');
  const sizes: readonly (readonly [name: string, bytes: number | undefined, boot: boolean])[] = [
    // A flavor without a root disk takes the size of the image, which nobody says.
    ...(fromImage ? ([['root', sizeOf(flavor.integer('disk'), gibibyte), true]] as const) : []),
    ...((ephemeral ?? 0) > 0 ? ([['ephemeral', sizeOf(ephemeral, gibibyte), false]] as const) : []),
    ...((flavor.integer('swap') ?? 0) > 0
      ? ([['swap', sizeOf(flavor.integer('swap'), mebibyte), false]] as const)
      : []),
  ];
  return sizes.map(([name, capacityBytes, bootable]) =>
    record(
      'Disk',
      `${machine}/${name}`,
      name,
      {
        ...bus,
        capacityBytes,
        bootable,
        sharing: 'sharingNone',
        rdm: false,
        ...(name === 'root' ? { deviceName: fields.text('OS-EXT-SRV-ATTR:root_device_name') } : {}),
      },
      { machine: to('VirtualMachine', machine) },
    ),
  );
}

const sizeOf = (count: number | undefined, unit: number): number | undefined =>
  count === undefined || count === 0 ? undefined : count * unit;

/** Undefined where one size is unknown: a sum without it would be wrong. */
const sum = (sizes: readonly (number | undefined)[]): number | undefined =>
  sizes.reduce<number | undefined>(
    (all, size) => (all === undefined || size === undefined ? undefined : all + size),
    0,
  );

/** A server with the disks that it has beside its volumes. */
export function mapServer(id: string, fields: Fields): readonly AnyRecord[] {
  // Before microversion 2.47 a server names its flavor; since, it says what it was sized to.
  const embedded = fields.part('flavor');
  const flavor = embedded.has('vcpus') ? embedded : fields.part('$flavor');
  const image = fields.part('$image');
  const properties = image.part('properties');
  const local = localDisks(id, fields, flavor);
  const volumes = fields.objects('$volumes');
  const host = fields.text('OS-EXT-SRV-ATTR:hypervisor_hostname');
  const networks = fields.has('$networks') ? fields.texts('$networks') : undefined;
  const machine: EntityRecord<'VirtualMachine'> = {
    ...record(
      'VirtualMachine',
      id,
      fields.text('name') ?? '',
      {
        ...hardwareProperties(properties, flavor),
        ...guestProperties(properties),
        ...addressProperties(fields),
        uuid: id,
        instanceUuid: id,
        path: [fields.text('$path'), fields.text('name')].filter(Boolean).join('/'),
        annotation: fields.text('description'),
        powerState: powerStateOf(fields),
        sourcePowerState: fields.text('status'),
        taskState: fields.text('OS-EXT-STS:task_state'),
        locked: fields.flag('locked'),
        faultMessage: fields.part('fault').text('message'),
        createdAt: fields.moment('created'),
        bootedAt: fields.moment('OS-SRV-USG:launched_at'),
        cpuCount: flavor.integer('vcpus'),
        memoryMB: flavor.integer('ram'),
        hostName: fields.text('OS-EXT-SRV-ATTR:hostname'),
        userId: fields.text('user_id'),
        keyName: fields.text('key_name'),
        bootsFromVolume: fields.part('image').text('id') === undefined,
        imageProperties: image.has('properties') ? image.pairs('properties') : undefined,
        flavorExtraSpecs: flavor.has('extra_specs') ? flavor.pairs('extra_specs') : undefined,
        diskCount: local.length + volumes.length,
        diskCapacityBytes: sum([
          ...local.map((disk) => disk.properties.capacityBytes ?? undefined),
          ...volumes.map((volume) => volume.gibibytes('size')),
        ]),
        nicCount: fields.integer('$portCount'),
        customAttributes: [...fields.pairs('metadata'), ...fields.texts('tags')],
      },
      edges({
        project: fields.edge('tenant_id', 'Project'),
        flavor: fields.edge('$flavorId', 'Flavor'),
        image: image.edge('id', 'Image'),
        availabilityZone: fields.edge('OS-EXT-AZ:availability_zone', 'AvailabilityZone'),
        host: host === undefined ? undefined : to('Host', host),
        networks: networks?.map((network) => to('Network', network)),
      }),
    ),
    ...(networks === undefined ? { unread: ['networks'] as const } : {}),
  };
  return [machine, ...local];
}
