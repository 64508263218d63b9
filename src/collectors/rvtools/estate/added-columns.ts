/** Columns that the reader adds to rows: ids that the row's words were resolved to. */
export const added = {
  host: '$host',
  cluster: '$cluster',
  datacenter: '$datacenter',
  folder: '$folder',
  pool: '$pool',
  datastore: '$datastore',
  datastoreCluster: '$datastoreCluster',
  network: '$network',
  switch: '$switch',
  /** Several ids, a line each: an id is a name, which holds no line break. */
  hosts: '$hosts',
  name: '$name',
  path: '$path',
  variant: '$variant',
  custom: '$custom',
} as const;

export const joinedIds = (list: Iterable<string>): string => [...list].join('\n');
