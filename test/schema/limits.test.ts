import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../src/graph/index.js';
import { startTestApi, type TestApi } from './api.js';
import { openSmallEstate } from './small-estate.js';

let graph: Graph;
let api: TestApi;

beforeAll(async () => {
  graph = await openSmallEstate();
  api = await startTestApi(graph, {
    maxQueryDepth: 6,
    maxQueryCost: 1_000,
    maxQueryAliases: 3,
    maxPageSize: 50,
    maxBodyBytes: 20_000,
  });
});

afterAll(async () => {
  await api.close();
  await graph.close();
});

const codeOf = async (query: string): Promise<unknown> =>
  (await api.ask(query)).errors?.[0]?.extensions.code;

/** A page with so many fields that its cost is one more than 2 + first * (fields + 1). */
const page = (first: number, fields: string): string =>
  `{ virtualMachines(first: ${String(first)}) { nodes { ${fields} } } }`;

describe('the limits of a request', () => {
  it('takes a depth of 6 and refuses 7', async () => {
    expect(
      await codeOf(
        '{ hosts(first: 1) { nodes { virtualMachines(first: 1) { nodes { disks(first: 1) { totalCount } } } } } }',
      ),
    ).toBeUndefined();
    expect(
      await codeOf(
        '{ hosts(first: 1) { nodes { virtualMachines(first: 1) { nodes { disks(first: 1) { nodes { id } } } } } } }',
      ),
    ).toBe('request.depth.exceeded');
  });

  it('counts the depth inside of fragments', async () => {
    expect(
      await codeOf(
        '{ hosts(first: 1) { ...a } } fragment a on HostConnection { nodes { virtualMachines(first: 1) { ...b } } } fragment b on VirtualMachineConnection { nodes { disks(first: 1) { nodes { id } } } }',
      ),
    ).toBe('request.depth.exceeded');
  });

  it('takes a cost of 1,000 and refuses more', async () => {
    const disks = (first: number): string =>
      `{ virtualMachines(first: 9) { nodes { disks(first: ${String(first)}) { nodes { id name } } } } }`;
    expect(await codeOf(disks(36))).toBeUndefined();
    expect(await codeOf(disks(37))).toBe('request.cost.exceeded');
  });

  it('takes 3 aliases and refuses 4', async () => {
    expect(await codeOf('{ a: me { name } b: me { name } c: me { name } }')).toBeUndefined();
    expect(await codeOf('{ a: me { name } b: me { name } c: me { name } d: me { name } }')).toBe(
      'request.aliases.exceeded',
    );
  });

  it('refuses a field that is named again and again', async () => {
    expect(await codeOf(`{ ${'__typename '.repeat(10)} }`)).toBe('request.aliases.exceeded');
  });

  it('takes 50 directives and refuses 51', async () => {
    const fields = (count: number): string =>
      `{ me { ${'... @include(if: true) { name } '.repeat(count)} } }`;
    expect(await codeOf(fields(50))).toBeUndefined();
    expect(await codeOf(fields(51))).toBe('request.directives.exceeded');
  });

  it('takes a page of 50 and refuses 51', async () => {
    expect(await codeOf(page(50, 'id'))).toBeUndefined();
    expect(await codeOf(page(51, 'id'))).toBe('page.invalid');
  });

  it('refuses more tokens than a person writes', async () => {
    const { status, errors } = await api.ask(
      `{ me { ${'name '.repeat(4_000)} } }`.slice(0, 19_000),
    );
    expect(status).toBe(400);
    expect(errors).toHaveLength(1);
  });

  it('refuses a body that is too large before it reads it', async () => {
    const { status, errors } = await api.ask(`{ me { name } } # ${'x'.repeat(20_000)}`);
    expect(status).toBe(413);
    expect(errors?.[0]?.extensions.code).toBe('request.body');
  });

  it('refuses several requests in one body', async () => {
    const response = await fetch(`${api.address}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${api.tokens.viewer}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify([{ query: '{ me { name } }' }, { query: '{ me { name } }' }]),
    });
    expect(response.status).toBe(400);
  });

  it('refuses what a form of another site could send', async () => {
    const response = await fetch(
      `${api.address}/graphql?query=${encodeURIComponent('{ me { name } }')}`,
      { headers: { authorization: `Bearer ${api.tokens.viewer}` } },
    );
    expect(response.status).toBe(400);
  });
});

describe('who has no valid token', () => {
  const anonymous = { headers: { authorization: 'Bearer opal_wrong' } };

  it('learns nothing about the schema', async () => {
    const { status, errors } = await api.ask('{ virtualMachine }', anonymous);
    expect(status).toBe(401);
    expect(JSON.stringify(errors)).not.toContain('Did you mean');
    expect(errors?.[0]?.extensions.code).toBe('access.unauthenticated');
  });

  it.each(['/graphql', '/export?report=inventory', '/anything'])(
    'is refused at %s',
    async (path) => {
      expect((await fetch(api.address + path)).status).toBe(401);
    },
  );

  it('may ask whether the server lives', async () => {
    const response = await fetch(`${api.address}/healthz`);
    expect(await response.json()).toEqual({ status: 'ok' });
  });
});
