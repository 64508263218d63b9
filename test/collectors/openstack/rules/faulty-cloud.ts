import type { Item, RecordedCloud } from '../recorded-cloud.js';

const servers = 'compute/servers/detail';
const volumes = 'block-storage/volumes/detail';

const isSpare = (server: Item): boolean =>
  /^(?:shop-web|shop-db|wiki-app)-1\d\d$/u.test(String(server.name)) &&
  Array.isArray(server['os-extended-volumes:volumes_attached']) &&
  server['os-extended-volumes:volumes_attached'].length === 0;

/** A volume as Cinder lists it, attached to the given servers. */
const volumeFor = (id: string, attachedTo: readonly unknown[], fields: Item = {}): Item => ({
  id,
  name: id,
  size: 1,
  status: 'in-use',
  bootable: 'false',
  encrypted: false,
  multiattach: attachedTo.length > 1,
  attachments: attachedTo.map((server) => ({
    server_id: server,
    attachment_id: `${id}/${String(server)}`,
    volume_id: id,
    device: '/dev/sdc',
  })),
  ...fields,
});

function attach(cloud: RecordedCloud, volume: Item, ids: readonly unknown[]): void {
  cloud.list(volumes).push(volume);
  for (const server of cloud.list(servers)) {
    if (!ids.includes(server.id)) continue;
    const attached = server['os-extended-volumes:volumes_attached'] as readonly unknown[];
    server['os-extended-volumes:volumes_attached'] = [...attached, { id: volume.id }];
  }
}

/** Adds what the cloud that was recorded could not be brought to: its drivers are only made up. */
export function addFaults(cloud: RecordedCloud): void {
  const spare = cloud.list(servers).filter(isSpare);
  const [shared, sharing, many, empty, broken, device, reached, odd, longName] = spare;
  const both = [shared?.id, sharing?.id];
  attach(cloud, volumeFor('shared-volume', both), both);
  for (let number = 0; number < 166; number += 1) {
    attach(cloud, volumeFor(`one-of-many-${number}`, [many?.id]), [many?.id]);
  }
  attach(cloud, volumeFor('empty-volume', [empty?.id], { size: 0 }), [empty?.id]);
  const states = { status: 'error_extending' };
  attach(cloud, volumeFor('broken-volume', [broken?.id], states), [broken?.id]);
  if (device !== undefined) {
    const flavor = device.flavor as Item;
    device.flavor = { ...flavor, extra_specs: { 'pci_passthrough:alias': 'a100:1' } };
  }
  if (reached !== undefined) {
    const address = { addr: '203.0.113.77', version: 4, 'OS-EXT-IPS:type': 'floating' };
    reached.addresses = { 'net-00': [address] };
  }
  if (odd !== undefined) odd.status = 'RESCUE';
  if (longName !== undefined) longName.name = 'x'.repeat(64);
}
