import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { edges, type Fields } from './fields.js';

export const mapDomain = (id: string, fields: Fields): readonly AnyRecord[] => [
  record(
    'Domain',
    id,
    fields.text('name') ?? '',
    { description: fields.text('description'), enabled: fields.flag('enabled') },
    {},
  ),
];

export function mapProject(id: string, fields: Fields): readonly AnyRecord[] {
  const domain = fields.text('domain_id');
  const parent = fields.text('parent_id');
  return [
    record(
      'Project',
      id,
      fields.text('name') ?? '',
      {
        description: fields.text('description'),
        enabled: fields.flag('enabled'),
        path: fields.text('$path'),
        labels: fields.texts('tags'),
      },
      edges({
        domain: domain === undefined ? undefined : to('Domain', domain),
        // Below a domain Keystone names the domain as the parent too.
        parent: parent === undefined || parent === domain ? undefined : to('Project', parent),
      }),
    ),
  ];
}
