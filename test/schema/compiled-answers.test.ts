import { describe, expect, it } from 'vitest';
import type { Kind } from '../../src/graph/index.js';
import { propertiesOf, relationsOf } from '../../src/schema/inventory/kind-fields.js';
import { rootFieldOf } from '../../src/schema/inventory/kind-names.js';
import { demoApi } from './demo-api.js';

const demo = demoApi();

/** Asked together with the schema, a page is gone through value by value. */
async function bothWays(selection: string, fragments = ''): Promise<readonly string[]> {
  const compiled = await demo.api.ask(`{ ${selection} } ${fragments}`);
  expect(compiled.errors).toBeUndefined();
  const walked = await demo.api.ask(
    `{ ${selection} __schema { queryType { name } } } ${fragments}`,
  );
  const { __schema: asked, ...rest } = walked.data ?? {};
  expect(asked).toEqual({ queryType: { name: 'Query' } });
  return [JSON.stringify(compiled.data), JSON.stringify(rest)];
}

const relatedFields = (kind: Kind): string =>
  relationsOf(kind)
    .map(({ name, many }) =>
      many
        ? `${name}(first: 2) { __typename nodes { __typename id } pageInfo { hasNextPage } }`
        : `${name} { id __typename }`,
    )
    .join(' ');

const kinds: readonly Kind[] = ['VirtualMachine', 'Host', 'Datastore', 'Concern', 'Cause'];

describe('a compiled answer is, byte for byte, what going through every value gives', () => {
  it.each(kinds)('for all that %s has', async (kind) => {
    const own = propertiesOf(kind).map(({ name }) => name);
    const [compiled, walked] = await bothWays(
      `${rootFieldOf(kind)}(first: 5) { nodes { __typename ${own.join(' ')} ${relatedFields(kind)} } }`,
    );
    expect(compiled).toBe(walked);
    expect(compiled).toContain(`"__typename":"${kind}"`);
  });

  it('for names of its own, places and fragments', async () => {
    const page = `
      page: virtualMachines(first: 3) {
        type: __typename
        ...rows
        info: pageInfo { __typename more: hasNextPage endCursor hasPreviousPage startCursor }
        ... on VirtualMachineConnection { totalCount }
      }
      none: virtualMachines(first: 0) { __typename }
      me { name }`;
    const fragments = `
      fragment rows on VirtualMachineConnection {
        edges { __typename cursor node { id ...host __typename } }
        nodes { again: __typename ...host id }
      }
      fragment host on VirtualMachine {
        host { name __typename }
        disks(first: 2) { nodes { id } pageInfo { hasNextPage } edges { cursor __typename } }
      }`;
    const [compiled, walked] = await bothWays(page, fragments);
    expect(compiled).toBe(walked);
    expect(compiled).toContain('"type":"VirtualMachineConnection"');
    expect(compiled).toContain('"__typename":"PageInfo"');
  });
});
