import { record, type AnyRecord } from '../../../graph/model/index.js';
import { edgeByType, known } from './edges.js';
import type { SourceObject } from './source-object.js';

/** What a folder may hold, told by the first of its child types that is decisive. */
const folderTypes = [
  ['Datacenter', 'datacenter'],
  ['VirtualMachine', 'vm'],
  ['ComputeResource', 'host'],
  ['Datastore', 'datastore'],
  ['Network', 'network'],
] as const;

function folderType(object: SourceObject): string | undefined {
  if (!object.fields.has('parent')) return 'root';
  const children = object.fields.texts('childType');
  return folderTypes.find(([child]) => children.includes(child))?.[1];
}

export const mapFolder = (object: SourceObject): AnyRecord[] => [
  record(
    'Folder',
    object.id,
    object.name,
    { folderType: folderType(object), path: object.path },
    known({ parent: edgeByType(['Folder', 'Datacenter'], object.fields.reference('parent')) }),
  ),
];

export const mapDatacenter = (object: SourceObject): AnyRecord[] => [
  record(
    'Datacenter',
    object.id,
    object.name,
    { path: object.path },
    known({ parent: edgeByType(['Folder'], object.fields.reference('parent')) }),
  ),
];

export const mapTag = (object: SourceObject): AnyRecord[] => [
  record(
    'Tag',
    object.id,
    object.name,
    {
      category: object.fields.filled('category'),
      description: object.fields.filled('description'),
      cardinality: object.fields.filled('cardinality'),
    },
    {},
  ),
];
