import { registerEnumType } from 'type-graphql';
import type { Graph, RunOptions } from '../../graph/index.js';
import { readCursor, writeCursor } from '../paging/cursor.js';
import { treeChildren, treeRoots } from './exploration-queries.js';
import type { TreePage } from './exploration-types.js';
import { requireNodes } from './require-nodes.js';

/** The four trees in which vSphere shows its inventory. */
export const Tree = {
  HOSTS_AND_CLUSTERS: 'hostsAndClusters',
  VMS_AND_TEMPLATES: 'vmsAndTemplates',
  STORAGE: 'storage',
  NETWORKING: 'networking',
} as const;
export type Tree = (typeof Tree)[keyof typeof Tree];
registerEnumType(Tree, { name: 'Tree', description: 'The four trees of an inventory.' });

interface TreeContents {
  readonly kinds: readonly string[];
  readonly folderTypes: readonly string[];
}

const contents: Readonly<Record<Tree, TreeContents>> = {
  hostsAndClusters: {
    kinds: ['Folder', 'Datacenter', 'Cluster', 'Host', 'VirtualMachine'],
    folderTypes: ['root', 'datacenter', 'host'],
  },
  vmsAndTemplates: {
    kinds: ['Folder', 'Datacenter', 'ResourcePool', 'VirtualMachine', 'Template'],
    folderTypes: ['root', 'datacenter', 'vm'],
  },
  storage: {
    kinds: ['Folder', 'Datacenter', 'DatastoreCluster', 'Datastore'],
    folderTypes: ['root', 'datacenter', 'datastore'],
  },
  networking: {
    kinds: ['Folder', 'Datacenter', 'Switch', 'Network'],
    folderTypes: ['root', 'datacenter', 'network'],
  },
};

export interface TreeRequest {
  readonly tree: Tree;
  /** Null for the tops. */
  readonly parent: string | null;
  readonly source: string | null;
  readonly first: number;
  readonly after: string | null;
}

const order = 'name,id';

/** What one place of a tree holds, by name, a page at a time. */
export const readTree = async (
  graph: Graph,
  { tree, parent, source, first, after }: TreeRequest,
  options: RunOptions,
): Promise<TreePage> => {
  const { kinds, folderTypes } = contents[tree];
  const [afterName = '', afterId = ''] =
    after === null ? [] : readCursor(after, order, 2).values.map(String);
  const page = {
    kinds: [...kinds],
    folderTypes: [...folderTypes],
    afterName,
    afterId,
    limit: first + 1,
  };
  const rows =
    parent === null
      ? await graph.read(treeRoots, { source, ...page }, options)
      : await graph.read(treeChildren, { parent, ...page }, options);
  if (rows.length === 0 && parent !== null) await requireNodes(graph, [parent], options);
  const nodes = rows.slice(0, first).map((row) => ({
    ...row,
    cursor: writeCursor(order, { values: [row.name, row.id], seen: 0 }),
  }));
  return {
    nodes,
    hasNextPage: rows.length > first,
    endCursor: nodes.at(-1)?.cursor ?? null,
  };
};
