import { describe, expect, it } from 'vitest';
import type { VsphereRawObject } from '../../src/collectors/vsphere/raw.js';
import { demoApi } from './demo-api.js';
import { demoObjects } from './demo-graph.js';

const demo = demoApi();

interface TreeNode {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly children: number;
}

interface TreePage {
  readonly nodes: readonly TreeNode[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const childrenOf = async (
  tree: string,
  parent: string | null,
  first: number,
): Promise<TreeNode[]> => {
  const all: TreeNode[] = [];
  let after: string | null = null;
  for (;;) {
    const { data, errors } = await demo.api.ask(
      `query ($tree: Tree!, $parent: ID, $first: Int!, $after: String) {
        tree(tree: $tree, parent: $parent, source: "demo", first: $first, after: $after) {
          nodes { id kind name children } hasNextPage endCursor
        }
      }`,
      { variables: { tree, parent, first, after } },
    );
    expect(errors).toBeUndefined();
    const page = (data as { tree: TreePage }).tree;
    all.push(...page.nodes);
    if (!page.hasNextPage) return all;
    after = page.endCursor;
  }
};

const externalIdOf = (id: string): string => id.split('/').slice(2).join('/');

/** Lines "child < parent" of a whole tree, as the API gives it from its tops down. */
const walkTree = async (tree: string, first: number): Promise<string[]> => {
  const lines: string[] = [];
  const go = async (parent: TreeNode | null): Promise<void> => {
    const children = await childrenOf(tree, parent?.id ?? null, first);
    if (parent !== null) expect(children).toHaveLength(parent.children);
    const keys = children.map(({ name, id }) => `${name} ${id}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const child of children) {
      lines.push(`${externalIdOf(child.id)} < ${parent === null ? '' : externalIdOf(parent.id)}`);
      if (child.children > 0) await go(child);
    }
  };
  await go(null);
  return lines;
};

type Body = Readonly<Record<string, unknown>>;

const bodyOf = ({ body }: VsphereRawObject): Body => body;

const valueAt = (object: VsphereRawObject, path: string): string | undefined => {
  const reference = bodyOf(object)[path];
  return typeof reference === 'object' && reference !== null && 'value' in reference
    ? String(reference.value)
    : undefined;
};

const isTemplate = (object: VsphereRawObject): boolean =>
  bodyOf(object)['config.template'] === true;

const foldersFor =
  (types: readonly string[]) =>
  (object: VsphereRawObject): boolean => {
    const held = bodyOf(object).childType;
    return Array.isArray(held) && held.some((type) => types.includes(String(type)));
  };

const compute = ['ClusterComputeResource', 'ComputeResource'];
const networks = ['Network', 'OpaqueNetwork', 'DistributedVirtualPortgroup'];

/** What each tree shows of a vCenter, said over its own objects. */
const trees = {
  HOSTS_AND_CLUSTERS: {
    shows: (object: VsphereRawObject) =>
      [...compute, 'HostSystem', 'Datacenter'].includes(object.type) ||
      (object.type === 'VirtualMachine' && !isTemplate(object)) ||
      (object.type === 'Folder' && foldersFor(['Datacenter', 'ComputeResource'])(object)),
    parent: (object: VsphereRawObject) =>
      object.type === 'VirtualMachine'
        ? valueAt(object, 'runtime.host')
        : valueAt(object, 'parent'),
  },
  VMS_AND_TEMPLATES: {
    shows: (object: VsphereRawObject) =>
      ['Datacenter', 'VirtualMachine'].includes(object.type) ||
      (object.type === 'VirtualApp' && valueAt(object, 'parentFolder') !== undefined) ||
      (object.type === 'Folder' && foldersFor(['Datacenter', 'VirtualMachine'])(object)),
    parent: (object: VsphereRawObject) =>
      object.type === 'VirtualApp'
        ? valueAt(object, 'parentFolder')
        : (valueAt(object, 'parentVApp') ?? valueAt(object, 'parent')),
  },
  STORAGE: {
    shows: (object: VsphereRawObject) =>
      ['Datacenter', 'StoragePod', 'Datastore'].includes(object.type) ||
      (object.type === 'Folder' && foldersFor(['Datacenter', 'Datastore'])(object)),
    parent: (object: VsphereRawObject) => valueAt(object, 'parent'),
  },
  NETWORKING: {
    shows: (object: VsphereRawObject) =>
      ['Datacenter', 'VmwareDistributedVirtualSwitch', ...networks].includes(object.type) ||
      (object.type === 'Folder' && foldersFor(['Datacenter', 'Network'])(object)),
    parent: (object: VsphereRawObject) => valueAt(object, 'parent'),
  },
} as const;

describe('a tree', () => {
  it.each(Object.keys(trees) as (keyof typeof trees)[])(
    '%s is the one of the vCenter',
    async (tree) => {
      const { shows, parent } = trees[tree];
      const expected = demoObjects()
        .filter(shows)
        .map((object) => `${object.externalId} < ${parent(object) ?? ''}`);
      expect(expected.length).toBeGreaterThan(10);
      expect((await walkTree(tree, 1_000)).sort()).toEqual(expected.sort());
    },
  );

  it('is the same in small pages', async () => {
    expect((await walkTree('VMS_AND_TEMPLATES', 3)).sort()).toEqual(
      (await walkTree('VMS_AND_TEMPLATES', 1_000)).sort(),
    );
  });

  it('of a parent that is not there is refused', async () => {
    const { errors } = await demo.api.ask(
      '{ tree(tree: STORAGE, parent: "none") { nodes { id } } }',
    );
    expect(errors?.[0]?.extensions.code).toBe('exploration.node.unknown');
  });

  it('of a source that is not there is empty', async () => {
    const { data } = await demo.api.ask('{ tree(tree: STORAGE, source: "none") { nodes { id } } }');
    expect(data).toEqual({ tree: { nodes: [] } });
  });

  it('refuses a cursor of something else', async () => {
    const { errors } = await demo.api.ask('{ tree(tree: STORAGE, after: "x") { nodes { id } } }');
    expect(errors?.[0]?.extensions.code).toBe('page.cursor.invalid');
  });
});
