import { beforeEach, describe, expect, it } from 'vitest';
import { fullTextIndexName, GraphSchemaError, migrate } from '../../src/graph/index.js';
import { desiredSchema, schemaPrefix } from '../../src/graph/migrations/desired-schema.js';
import { recordSchemaVersion, schemaItems } from '../../src/graph/migrations/schema-queries.js';
import { wipeGraph } from '../real/neo4j.js';
import { openTestGraph } from './open-test-graph.js';

const names = desiredSchema.map(({ name }) => name).sort();

describe('migrate', () => {
  beforeEach(() => wipeGraph({ schema: true }));

  it('makes every constraint and index of the model, online, and then finds nothing to do', async () => {
    const { graph } = await openTestGraph();
    const first = await migrate(graph);
    // The lock's own constraint is there before the lock is taken.
    expect([...first.created].sort()).toEqual(names.filter((name) => !name.includes('SchemaLock')));
    const items = await graph.read(schemaItems, { prefix: schemaPrefix });
    expect(items.map(({ name }) => name).sort()).toEqual(names);
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['ONLINE']));
    expect(await migrate(graph)).toEqual({ applied: [], created: [], dropped: [] });
  });

  it('drops what the model no longer asks for and leaves what is not its own', async () => {
    const { graph } = await openTestGraph();
    await graph.writeCompiled({
      text: 'CREATE INDEX opal_Gone_name FOR (n:Gone) ON (n.name)',
      parameters: {},
    });
    await graph.writeCompiled({
      text: 'CREATE INDEX theirs FOR (n:Gone) ON (n.other)',
      parameters: {},
    });
    expect((await migrate(graph)).dropped).toEqual(['opal_Gone_name']);
    const theirs = await graph.read(schemaItems, { prefix: 'theirs' });
    expect(theirs).toHaveLength(1);
  });

  it('finishes what a start that was cut off has begun', async () => {
    const { graph } = await openTestGraph();
    await migrate(graph);
    // As if that start had ended between two transactions.
    const half = desiredSchema.filter((_, index) => index % 2 === 0);
    await graph.transaction(async (tx) => {
      for (const { name, type } of half) {
        await tx.runCompiled({ text: `DROP ${type.toUpperCase()} \`${name}\``, parameters: {} });
      }
    });
    const report = await migrate(graph);
    const lost = half.map(({ name }) => name).filter((name) => !name.includes('SchemaLock'));
    expect([...report.created].sort()).toEqual(lost.sort());
    const items = await graph.read(schemaItems, { prefix: schemaPrefix });
    expect(items.map(({ name }) => name).sort()).toEqual(names);
  });

  it('lets two processes start at once', async () => {
    const [one, other] = await Promise.all([openTestGraph(), openTestGraph()]);
    const reports = await Promise.all([migrate(one.graph), migrate(other.graph)]);
    expect(reports.flatMap(({ applied }) => applied)).toEqual([1]);
  });

  it('refuses a graph that a newer program has migrated', async () => {
    const { graph } = await openTestGraph();
    const future = { version: 999, name: 'future', appliedAt: '2030-01-01T00:00:00.000Z' };
    await graph.write(recordSchemaVersion, future);
    await expect(migrate(graph)).rejects.toThrow(GraphSchemaError);
  });

  it('finds words in names, addresses and lists through the full-text index', async () => {
    const { graph } = await openTestGraph();
    await migrate(graph);
    await graph.writeCompiled({
      text: "CREATE (:Entity:VirtualMachine {id: 'a', name: 'Büro-Server 7', ipAddresses: ['10.1.2.3']})",
      parameters: {},
    });
    const find = async (words: string): Promise<unknown[]> =>
      graph.readCompiled({
        text: 'CALL db.index.fulltext.queryNodes($index, $words) YIELD node RETURN node.id AS id',
        parameters: { index: fullTextIndexName, words },
      });
    await expect.poll(() => find('büro'), { timeout: 10_000 }).toEqual([{ id: 'a' }]);
    expect(await find('"10.1.2.3"')).toEqual([{ id: 'a' }]);
  });
});
