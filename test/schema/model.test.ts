import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { isInputObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinds, type Graph } from '../../src/graph/index.js';
import { buildApiSchema } from '../../src/schema/build-api-schema.js';
import { parseSearch } from '../../src/search/index.js';
import { startTestApi, type TestApi } from './api.js';
import { openSmallEstate } from './small-estate.js';

interface Property {
  readonly name: string;
  readonly type: string;
  readonly unit: string | null;
  readonly values: readonly string[] | null;
  readonly tests: readonly string[];
  readonly sortable: boolean;
}

interface Kind {
  readonly name: string;
  readonly searchNames: readonly string[];
  readonly objectType: string;
  readonly listField: string;
  readonly properties: readonly Property[];
  readonly relationships: readonly {
    readonly name: string;
    readonly targets: readonly string[];
    readonly many: boolean;
  }[];
}

let graph: Graph;
let api: TestApi;
let described: readonly Kind[];

const schema = buildApiSchema();

const fields = `name searchNames objectType listField description inventory
  properties { name type unit description values tests sortable indexed fullText derived }
  relationships { name type outgoing targets many description properties { name type } }`;

beforeAll(async () => {
  graph = await openSmallEstate();
  api = await startTestApi(graph);
  const { data } = await api.ask(`{ model { kinds { ${fields} } relationshipTypes } }`);
  described = (data as { model: { kinds: readonly Kind[] } }).model.kinds;
});

afterAll(async () => {
  await api.close();
  await graph.close();
});

const inputFields = (name: string): readonly string[] => {
  const type = schema.getType(name);
  return isInputObjectType(type) ? Object.keys(type.getFields()) : [];
};

describe('the model', () => {
  it('has every kind, without a question to the database', async () => {
    await api.ask('{ me { name } }');
    const before = graph.sentQueries;
    const { data } = await api.ask('{ model { kinds { name } relationshipTypes } }');
    expect(graph.sentQueries).toBe(before);
    expect(data).toMatchObject({ model: { kinds: kinds.map((name) => ({ name })) } });
    expect(described).toHaveLength(kinds.length);
  });

  it('names the object type, its fields and the list of each kind as the schema has them', () => {
    for (const kind of described) {
      const type = schema.getType(kind.objectType);
      const named = isObjectType(type) ? Object.keys(type.getFields()) : [];
      const own = [...kind.properties, ...kind.relationships].map(({ name }) => name);
      expect(own.sort()).toEqual(named.sort());
      expect(schema.getQueryType()?.getFields()).toHaveProperty(kind.listField);
    }
  });

  it('names what where and orderBy take of each kind', () => {
    for (const kind of described) {
      const taken = inputFields(`${kind.objectType}Where`);
      for (const { name } of [...kind.properties, ...kind.relationships]) {
        expect(taken).toContain(name);
      }
      const tests = inputFields('TextTests');
      const text = kind.properties.find(({ type }) => type === 'text');
      expect(text?.tests ?? tests).toEqual(tests);
    }
  });

  it('gives searches that can be asked, from every name of every kind', () => {
    for (const kind of described) {
      for (const name of kind.searchNames) expect(parseSearch(name).kind).toBe(kind.name);
      for (const { name } of kind.properties) {
        expect(parseSearch(`${kind.name} where ${name} is null`).kind).toBe(kind.name);
      }
    }
  });

  it('gives filters that the database answers', async () => {
    const example: Readonly<Record<string, string>> = {
      text: '"a"',
      textList: '"a"',
      integer: '1',
      integerList: '1',
      float: '1.5',
      flag: 'true',
      moment: '"2026-01-01T00:00:00Z"',
    };
    const valueOf = ({ type, values }: Property, test: string): string => {
      if (test === 'isNull' || test === 'ignoreCase') return 'true';
      if (test === 'olderThan' || test === 'newerThan') return '"P1Y"';
      const value = values?.[0] === undefined ? (example[type] ?? '') : JSON.stringify(values[0]);
      return test === 'in' || test === 'notIn' ? `[${value}]` : value;
    };
    for (const kind of described.filter(({ name }) => ['VirtualMachine', 'Host'].includes(name))) {
      for (const property of kind.properties) {
        const tests = property.tests.map((test) => `${test}: ${valueOf(property, test)}`).join();
        const { errors } = await api.ask(
          `{ ${kind.listField}(where: {${property.name}: {${tests}}}) { totalCount } }`,
        );
        expect(errors, `${kind.name}.${property.name}`).toBeUndefined();
      }
    }
  });

  it('gives kinds by any name of a search, and says what was meant by a wrong one', async () => {
    const { data } = await api.ask(
      '{ model(kinds: ["vms", "host", "VirtualMachine"]) { kinds { name } } }',
    );
    expect(data).toEqual({ model: { kinds: [{ name: 'VirtualMachine' }, { name: 'Host' }] } });
    const { errors } = await api.ask('{ model(kinds: ["hostz"]) { kinds { name } } }');
    expect(errors?.[0]?.extensions.remedy).toBe("Did you mean 'hosts'?");
  });
});

describe('opal search --fields', () => {
  const opal = async (...given: readonly string[]): Promise<string> => {
    const loader = resolve('bootstrap/run-typescript.js');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', loader, resolve('src/cli/main.ts'), ...given],
      { env: { ...process.env, OPAL_URL: api.address, OPAL_TOKEN: api.tokens.viewer } },
    );
    return stdout;
  };

  it('shows the kinds, and the fields of one by any of its names', async () => {
    const listed = await opal('search', '--fields', '-o', 'json');
    expect(JSON.parse(listed)).toHaveLength(kinds.length);
    const shown = await opal('search', '--fields', 'vms');
    expect(shown).toMatch(/^memoryMB +integer in MiB +Configured memory\./mu);
    expect(shown).toMatch(/^disks +many Disk /mu);
    expect(await opal('search', 'vms', '--fields')).toBe(shown);
  });

  it('says what was meant by a wrong name', async () => {
    await expect(opal('search', '--fields', 'hostz')).rejects.toThrow("Did you mean 'hosts'?");
  });
});
