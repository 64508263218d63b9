import { record, to, type AnyRecord, type EntityRecord } from '../../../graph/model/index.js';
import { diskBus } from './disk-bus.js';
import { edges, type Fields } from './fields.js';

export const mapVolumeType = (id: string, fields: Fields): readonly AnyRecord[] => {
  const specs = fields.part('extra_specs');
  return [
    record(
      'VolumeType',
      id,
      fields.text('name') ?? '',
      {
        description: fields.text('description'),
        isPublic: fields.flag('is_public') ?? fields.flag('os-volume-type-access:is_public'),
        extraSpecs: fields.has('extra_specs') ? fields.pairs('extra_specs') : undefined,
        backendName: specs.text('volume_backend_name'),
        // Cinder writes a flag of a driver as `<is> True`.
        multiattach: specs.text('multiattach')?.toLowerCase() === '<is> true',
        qosSpecsId: fields.text('qos_specs_id'),
      },
      {},
    ),
  ];
};

/** A pool of a storage backend, as its scheduler knows it. */
export const mapStoragePool = (id: string, fields: Fields): readonly AnyRecord[] => {
  const told = fields.part('capabilities');
  const protocol = told.text('storage_protocol');
  return [
    record(
      'Datastore',
      id,
      id,
      {
        type: protocol?.toLowerCase() === 'ceph' ? 'ceph' : protocol,
        storageProtocol: protocol,
        backendName: told.text('volume_backend_name'),
        capacityBytes: told.gibibytes('total_capacity_gb'),
        freeBytes: told.gibibytes('free_capacity_gb'),
        driverVersion: told.text('driver_version'),
        vendor: told.text('vendor_name'),
      },
      {},
    ),
  ];
};

/** A disk for each machine that a volume is attached to. */
function attachedDisks(volume: string, fields: Fields): EntityRecord<'Disk'>[] {
  const metadata = fields.part('volume_image_metadata');
  const pool = fields.text('os-vol-host-attr:host');
  const attachments = fields.objects('attachments');
  return attachments.flatMap((attachment) => {
    const machine = attachment.text('server_id');
    if (machine === undefined) return [];
    return [
      record(
        'Disk',
        `${machine}/${volume}`,
        fields.text('name') ?? volume,
        {
          file: volume,
          deviceName: attachment.text('device'),
          capacityBytes: fields.gibibytes('size'),
          ...diskBus(metadata.text('hw_disk_bus')),
          // Cinder shows the first 20 characters of the id to the guest.
          serial: volume,
          sharing: fields.flag('multiattach') === true ? 'sharingMultiWriter' : 'sharingNone',
          rdm: false,
          encrypted: fields.flag('encrypted'),
          bootable: fields.flag('bootable'),
          status: fields.text('status'),
          attachmentCount: attachments.length,
        },
        edges({
          machine: to('VirtualMachine', machine),
          datastore: pool === undefined ? undefined : to('Datastore', pool),
        }),
      ),
    ];
  });
}

/** A volume with its disks. Volumes are backed by pools that others may not be allowed to see. */
export function mapVolume(id: string, fields: Fields): readonly AnyRecord[] {
  const disks = uniqueDisks(attachedDisks(id, fields));
  const metadata = fields.part('volume_image_metadata');
  const volumeType = fields.text('volume_type_id') ?? fields.text('$volumeTypeId');
  return [
    record(
      'Volume',
      id,
      fields.text('name') ?? '',
      {
        status: fields.text('status'),
        sizeBytes: fields.gibibytes('size'),
        bootable: fields.flag('bootable'),
        encrypted: fields.flag('encrypted'),
        multiattach: fields.flag('multiattach'),
        attachmentCount: fields.objects('attachments').length,
        availabilityZone: fields.text('availability_zone'),
        backend: fields.text('os-vol-host-attr:host'),
        replicationStatus: fields.text('replication_status'),
        snapshotId: fields.text('snapshot_id'),
        sourceVolumeId: fields.text('source_volid'),
        description: fields.text('description'),
        metadata: fields.pairs('metadata'),
        imageProperties: fields.pairs('volume_image_metadata'),
        createdAt: fields.moment('created_at'),
        updatedAt: fields.moment('updated_at'),
      },
      edges({
        project: fields.edge('os-vol-tenant-attr:tenant_id', 'Project'),
        volumeType: volumeType === undefined ? undefined : to('VolumeType', volumeType),
        datastore: fields.edge('os-vol-host-attr:host', 'Datastore'),
        disks: disks.map(({ externalId }) => to('Disk', externalId)),
        image: metadata.edge('image_id', 'Image'),
      }),
    ),
    ...disks,
  ];
}

/** While a machine moves between hosts its volume has two attachments to it. */
const uniqueDisks = (disks: readonly EntityRecord<'Disk'>[]): EntityRecord<'Disk'>[] => [
  ...new Map(disks.map((disk) => [disk.externalId, disk])).values(),
];

export const mapVolumeSnapshot = (id: string, fields: Fields): readonly AnyRecord[] => [
  record(
    'VolumeSnapshot',
    id,
    fields.text('name') ?? '',
    {
      status: fields.text('status'),
      sizeBytes: fields.gibibytes('size'),
      description: fields.text('description'),
      metadata: fields.pairs('metadata'),
      createdAt: fields.moment('created_at'),
    },
    edges({
      project: fields.edge('os-extended-snapshot-attributes:project_id', 'Project'),
      volume: fields.edge('volume_id', 'Volume'),
    }),
  ),
];
