import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SyncEngine } from '../../../src/collectors/engine/index.js';
import { SourceRegistry } from '../../../src/collectors/sources/index.js';
import { migrate, type Graph } from '../../../src/graph/index.js';
import { openTestGraph, type OpenedGraph } from '../../graph/open-test-graph.js';
import { wipeGraph } from '../../real/neo4j.js';
import { estate, machine } from './estate.js';
import { faultyGraph } from './faulty-graph.js';
import { checksum, countOf } from './graph-state.js';
import { ScriptedSource } from './scripted-source.js';

const source = 'lab';
const pace = { firstPauseMs: 5, leaseMs: 1_000 };
const root = fileURLToPath(new URL('../../../', import.meta.url));

let opened: OpenedGraph;
let graph: Graph;

beforeAll(async () => {
  opened = await openTestGraph();
  ({ graph } = opened);
  await migrate(graph);
});

async function fresh(): Promise<void> {
  await wipeGraph();
  await new SourceRegistry(graph).save({ id: source, name: 'Lab', kind: 'vsphere' });
}

beforeEach(fresh);

function scripted(machines: number): ScriptedSource {
  const collector = new ScriptedSource();
  collector.pageSize = 50;
  collector.put(...estate(machines));
  return collector;
}

/** Checksum of the graph after the second state of the estate, without any fault. */
async function undisturbed(first: ScriptedSource, second: ScriptedSource): Promise<string> {
  const engine = new SyncEngine({ graph, pace });
  await engine.sync({ source, collector: first, configuration: {} });
  await engine.sync({ source, collector: second, configuration: {} });
  const sum = await checksum(graph, source);
  await fresh();
  return sum;
}

describe('a database that goes wrong', () => {
  const first = scripted(200);
  const second = scripted(200);
  second.put(machine('vm-1', { memoryMB: 9 }), machine('vm-7', { files: [] }), machine('vm-201'));
  second.drop('VirtualMachine', 'vm-9');

  it.each([
    ['loses every third answer', (n: number) => (n % 3 === 0 ? 'lostAnswer' : 'none')],
    ['loses every third request', (n: number) => (n % 3 === 0 ? 'lostBefore' : 'none')],
    ['lacks memory for the first transaction', (n: number) => (n === 0 ? 'memory' : 'none')],
  ] as const)('%s, and the graph is the same', async (_what, fault) => {
    const expected = await undisturbed(first, second);
    for (const collector of [first, second]) {
      const engine = new SyncEngine({ graph: faultyGraph(graph, fault), pace });
      const report = await engine.sync({ source, collector, configuration: {} });
      expect(report.status).toBe('complete');
    }
    expect(await checksum(graph, source)).toBe(expected);
  });
});

async function killedAt(page: number, machines: number, dropped: number): Promise<void> {
  const { uri, user, password } = opened.neo4j;
  const script = 'test/collectors/engine/sync-in-child.ts';
  const child = spawn(
    process.execPath,
    [
      '--import',
      './bootstrap/run-typescript.js',
      script,
      uri,
      user,
      password,
      String(machines),
      String(dropped),
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exit = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === `page ${page}`) child.kill('SIGKILL');
  }
  const [, signal] = (await exit) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

describe('a process that is killed with -9 while it reads', () => {
  it('removes nothing, and the next sync completes and equals an undisturbed one', async () => {
    const machines = 1_500;
    const last = scripted(machines);
    last.pageSize = 500;
    last.drop('VirtualMachine', 'vm-1');
    const engine = new SyncEngine({ graph, pace });
    const sync = (): Promise<unknown> =>
      engine.sync({ source, collector: last, configuration: {} });
    await sync();
    const expected = await checksum(graph, source);
    await fresh();
    for (const page of [3, 12]) {
      await killedAt(page, machines, 1);
      expect(await countOf(graph, 'Tombstone')).toBe(0);
    }
    await expect
      .poll(() => sync().then(() => 'synced', String), { timeout: 30_000 })
      .toBe('synced');
    expect(await checksum(graph, source)).toBe(expected);
    const statuses = await graph.readCompiled({
      text: 'MATCH (s:Sync) RETURN s.status AS status ORDER BY s.number',
      parameters: {},
    });
    expect(statuses).toEqual([{ status: 'failed' }, { status: 'failed' }, { status: 'complete' }]);
  });
});
