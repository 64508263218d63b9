import { record, type AnyRecord } from '../../../graph/model/index.js';
import { imageProperties } from '../surroundings.js';
import type { RawObject } from '../../contract.js';
import { edges, type Fields } from './fields.js';

const textPairs = (properties: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(properties)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .sort();

export function mapImage({ externalId, body }: RawObject, fields: Fields): readonly AnyRecord[] {
  const machine = fields.text('instance_uuid');
  return [
    record(
      'Image',
      externalId,
      fields.text('name') ?? '',
      {
        status: fields.text('status'),
        visibility: fields.text('visibility'),
        diskFormat: fields.text('disk_format'),
        containerFormat: fields.text('container_format'),
        sizeBytes: fields.integer('size'),
        virtualSizeBytes: fields.integer('virtual_size'),
        minimumDiskBytes: fields.gibibytes('min_disk'),
        minimumMemoryMB: fields.integer('min_ram'),
        checksum: fields.text('checksum'),
        hidden: fields.flag('os_hidden'),
        protected: fields.flag('protected'),
        imageType: fields.text('image_type') === 'snapshot' ? 'snapshot' : 'image',
        osDistro: fields.text('os_distro'),
        osVersion: fields.text('os_version'),
        createdAt: fields.moment('created_at'),
        updatedAt: fields.moment('updated_at'),
        labels: fields.texts('tags'),
        sourceProperties: textPairs(imageProperties(body)),
      },
      edges({
        project: fields.edge('owner', 'Project'),
        machine: machine === undefined ? undefined : fields.edge('instance_uuid', 'VirtualMachine'),
      }),
    ),
  ];
}
