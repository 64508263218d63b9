import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  GraphAccessError,
  GraphConstraintError,
  GraphQueryError,
  GraphTimeoutError,
  GraphUnreachableError,
  GraphVersionError,
  integerParameter,
  migrate,
  openGraph,
  type Graph,
} from '../../src/graph/index.js';
import { recordSchemaVersion, schemaVersions } from '../../src/graph/migrations/schema-queries.js';
import { checkServerVersion } from '../../src/graph/driver/server-version.js';
import { freeLoopbackPort } from '../../src/server/embedded/free-port.js';
import { wipeGraph } from '../real/neo4j.js';
import { openTestGraph } from './open-test-graph.js';

const version = { version: 7, name: 'seven', appliedAt: '2026-01-01T00:00:00.000Z' };
const endless =
  'UNWIND range(1, 100000000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a + b = -1';

let graph: Graph;
beforeAll(async () => {
  ({ graph } = await openTestGraph());
  await wipeGraph();
});

describe('the connection', () => {
  it('says that the password is wrong, and how to give the right one', async () => {
    const refused = openTestGraph({ password: 'not the password' });
    await expect(refused).rejects.toThrow(GraphAccessError);
    await expect(refused).rejects.toThrow(/NEO4J_PASSWORD/u);
  });

  it('says that nobody answers at the address', async () => {
    const port = await freeLoopbackPort();
    const unreachable = openGraph({
      uri: `bolt://127.0.0.1:${port}`,
      user: 'neo4j',
      password: 'x',
      connectionTimeoutMs: 2_000,
    });
    await expect(unreachable).rejects.toThrow(GraphUnreachableError);
  });

  it('says that there is no such database', async () => {
    await expect(openTestGraph({ database: 'nosuch' })).rejects.toThrow(/NEO4J_DATABASE/u);
  });

  it('refuses servers before 5.26 and takes calendar versions', () => {
    for (const agent of ['Neo4j/4.4.40', 'Neo4j/5.25.1', undefined, 'Memgraph/3.0.0']) {
      expect(() => {
        checkServerVersion(agent, 'bolt://old');
      }).toThrow(GraphVersionError);
    }
    for (const agent of [
      'Neo4j/5.26.30',
      'Neo4j/5.27-aura',
      'Neo4j/2025.01.0',
      'Neo4j/2026.09.0',
    ]) {
      expect(() => {
        checkServerVersion(agent, 'bolt://new');
      }).not.toThrow();
    }
  });
});

describe('a query', () => {
  beforeEach(() => wipeGraph());

  it('sends declared integers as integers and gives them back as numbers', async () => {
    await graph.write(recordSchemaVersion, version);
    expect(await graph.read(schemaVersions, {})).toEqual([version]);
    const [stored] = await graph.readCompiled({
      text: 'MATCH (v:SchemaVersion) RETURN valueType(v.version) AS type, v AS node LIMIT $limit',
      parameters: { limit: integerParameter(1) },
    });
    expect(stored).toEqual({ type: 'INTEGER NOT NULL', node: version });
  });

  it('gives moments as ISO texts and nested values as plain ones', async () => {
    const rows = await graph.readCompiled({
      text: "RETURN datetime('2026-01-02T03:04:05.678Z') AS at, date('2026-01-02') AS day, {a: [1, {b: 2}]} AS map",
      parameters: {},
    });
    expect(rows).toEqual([
      { at: '2026-01-02T03:04:05.678Z', day: '2026-01-02', map: { a: [1, { b: 2 }] } },
    ]);
  });

  it('may not write when it was sent as a read', async () => {
    const write = graph.readCompiled({ text: 'CREATE (n:Probe) RETURN n', parameters: {} });
    await expect(write).rejects.toThrow(/write/iu);
  });

  it('is stopped on the server by its time limit', async () => {
    const slow = graph.readCompiled(
      { text: `${endless} RETURN a`, parameters: {} },
      { timeoutMs: 300 },
    );
    await expect(slow).rejects.toThrow(GraphTimeoutError);
  });

  it('is stopped on the server by its signal', async () => {
    const stop = new AbortController();
    const text = `${endless} RETURN a AS abortedProbe`;
    const slow = graph.readCompiled({ text, parameters: {} }, { signal: stop.signal });
    const running = async (): Promise<boolean> => {
      const rows = await graph.readCompiled({
        text: "SHOW TRANSACTIONS YIELD currentQuery, status WHERE currentQuery CONTAINS 'abortedProbe' AND NOT currentQuery STARTS WITH 'SHOW' AND status = 'Running' RETURN status",
        parameters: {},
      });
      return rows.length > 0;
    };
    await expect.poll(running, { timeout: 20_000 }).toBe(true);
    stop.abort(new Error('nobody waits any more'));
    await expect(slow).rejects.toThrow('nobody waits any more');
    await expect.poll(running, { timeout: 20_000 }).toBe(false);
  });

  it('names itself when the server refuses it', async () => {
    const wrong = graph.readCompiled({ text: 'MATCH (n RETURN n', parameters: {} });
    await expect(wrong).rejects.toThrow(GraphQueryError);
    await expect(wrong).rejects.toThrow(/MATCH \(n RETURN n/u);
  });

  it('is refused before it is sent when a parameter does not fit', async () => {
    const before = graph.sentQueries;
    const wrong = graph.write(recordSchemaVersion, { ...version, version: 1.5 });
    await expect(wrong).rejects.toThrow(/schema\/record-version/u);
    expect(graph.sentQueries).toBe(before);
  });

  it('streams without taking all rows, and counts as one query', async () => {
    const before = graph.sentQueries;
    const seen: unknown[] = [];
    for await (const { i } of graph.streamCompiled({
      text: 'UNWIND range(1, 10000000) AS i RETURN i',
      parameters: {},
    })) {
      seen.push(i);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual([1, 2, 3]);
    expect(graph.sentQueries - before).toBe(1);
  });

  it('ends a stream with its signal, between rows and while it waits for one', async () => {
    const stop = new AbortController();
    const rows = graph.streamCompiled(
      { text: 'UNWIND range(1, 10000000) AS i RETURN i', parameters: {} },
      { signal: stop.signal },
    );
    const read = async (): Promise<void> => {
      for await (const { i } of rows) if (i === 2) stop.abort(new Error('nobody reads any more'));
    };
    await expect(read()).rejects.toThrow('nobody reads any more');
    const late = new AbortController();
    const waiting = graph.streamCompiled(
      { text: `${endless} RETURN count(a) AS n`, parameters: {} },
      { signal: late.signal },
    );
    const first = waiting[Symbol.asyncIterator]().next();
    late.abort(new Error('nobody waits any more'));
    await expect(first).rejects.toThrow('nobody waits any more');
  });
});

describe('a transaction', () => {
  beforeEach(() => wipeGraph());

  it('takes back all of its queries when one fails', async () => {
    await migrate(graph);
    const twice = graph.transaction(async (tx) => {
      await tx.runCompiled({ text: "CREATE (:SavedSearch {id: 'a'})", parameters: {} });
      await tx.runCompiled({ text: "CREATE (:SavedSearch {id: 'a'})", parameters: {} });
    });
    await expect(twice).rejects.toThrow(GraphConstraintError);
    const rows = await graph.readCompiled({
      text: 'MATCH (s:SavedSearch) RETURN s',
      parameters: {},
    });
    expect(rows).toEqual([]);
  });

  it('is repeated when the server undid it because of a deadlock', async () => {
    await graph.writeCompiled({
      text: "CREATE (:Probe {id: 'a', n: 0}), (:Probe {id: 'b', n: 0})",
      parameters: {},
    });
    const inOrder = (first: string, second: string): Promise<void> =>
      graph.transaction(async (tx) => {
        for (const id of [first, second]) {
          await tx.runCompiled({
            text: 'MATCH (p:Probe {id: $id}) SET p.n = p.n + 1',
            parameters: { id },
          });
        }
      });
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? inOrder('a', 'b') : inOrder('b', 'a'))),
    );
    const rows = await graph.readCompiled({
      text: 'MATCH (p:Probe) RETURN p.n AS n',
      parameters: {},
    });
    // Plain numbers are sent as floats, literals in the text are integers.
    expect(rows).toEqual([{ n: 10 }, { n: 10 }]);
  });
});
