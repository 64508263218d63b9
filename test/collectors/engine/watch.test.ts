import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  SyncEngine,
  type SourceWatcher,
  type SyncApplied,
} from '../../../src/collectors/engine/index.js';
import { SourceRegistry } from '../../../src/collectors/sources/index.js';
import { migrate, type Graph } from '../../../src/graph/index.js';
import { openTestGraph } from '../../graph/open-test-graph.js';
import { wipeGraph } from '../../real/neo4j.js';
import { estate, host, machine } from './estate.js';
import { countOf, liveState } from './graph-state.js';
import { changed, ScriptedFailure, ScriptedSource } from './scripted-source.js';

const source = 'lab';
const patience = { timeout: 20_000 };

let graph: Graph;
let collector: ScriptedSource;
let watcher: SourceWatcher;
let applied: SyncApplied[];

beforeAll(async () => {
  ({ graph } = await openTestGraph());
  await migrate(graph);
});

beforeEach(async () => {
  await wipeGraph();
  await new SourceRegistry(graph).save({ id: source, name: 'Lab', kind: 'vsphere' });
  collector = new ScriptedSource();
  collector.put(...estate(10));
  applied = [];
  const pace = { firstPauseMs: 5, calmMs: 5 };
  const engine = new SyncEngine({ graph, pace, onApplied: (each) => applied.push(each) });
  watcher = engine.watch({ source, collector, configuration: {} });
  await expect.poll(() => applied.length, patience).toBe(1);
});

afterEach(() => watcher.stop());

const valueOf = async (id: string, name: string): Promise<unknown> => {
  const [row] = await graph.readCompiled({
    text: 'MATCH (n:Entity {id: $id}) RETURN n[$name] AS value',
    parameters: { id, name },
  });
  return row?.value;
};

describe('a watch', () => {
  it('shows a change, a new machine and a removed one without another full read', async () => {
    collector.announce(changed(machine('vm-1', { name: 'renamed' })), changed(machine('vm-99')), {
      type: 'removed',
      objectType: 'VirtualMachine',
      externalId: 'vm-2',
    });
    await expect.poll(() => applied.length, patience).toBe(2);
    expect(applied[1]).toMatchObject({ sync: 2, mode: 'changes' });
    expect(await valueOf('lab/VirtualMachine/vm-1', 'name')).toBe('renamed');
    expect(await valueOf('lab/VirtualMachine/vm-1', 'changedIn')).toBe(2);
    expect(await countOf(graph, 'VirtualMachine')).toBe(10);
    expect(await countOf(graph, 'Disk')).toBe(10);
    expect(collector.sessions).toBe(1);
  });

  it('makes a template of a machine and a machine of a template', async () => {
    collector.announce(changed(machine('vm-1', { template: true })));
    await expect.poll(() => countOf(graph, 'Template'), patience).toBe(1);
    await expect.poll(() => countOf(graph, 'VirtualMachine'), patience).toBe(9);
    expect(await countOf(graph, 'Disk')).toBe(10);
    collector.announce(changed(machine('vm-1')));
    await expect.poll(() => countOf(graph, 'Template'), patience).toBe(0);
    expect(await countOf(graph, 'VirtualMachine')).toBe(10);
    const disks = await graph.readCompiled({
      text: "MATCH (:VirtualMachine {externalId: 'vm-1'})-[:HAS_DISK]->(d:Disk) RETURN d.externalId AS id",
      parameters: {},
    });
    expect(disks).toEqual([{ id: 'vm-1/2000' }]);
  });

  it('makes a relationship as soon as the other end is announced', async () => {
    const hostOf = async (): Promise<unknown> =>
      graph.readCompiled({
        text: "MATCH (:VirtualMachine {externalId: 'vm-1'})-[:RUNS_ON]->(h:Host) RETURN h.externalId AS id",
        parameters: {},
      });
    collector.announce(changed(machine('vm-1', { host: 'h9' })));
    await expect.poll(hostOf, patience).toEqual([]);
    collector.announce(changed(host('h9')));
    await expect.poll(hostOf, patience).toEqual([{ id: 'h9' }]);
  });

  it('marks a disk as shared when a second machine takes its file', async () => {
    collector.announce(changed(machine('vm-3', { files: ['[ds] vm-4/vm-4.vmdk'] })));
    await expect.poll(() => valueOf('lab/Disk/vm-4/2000', 'shared'), patience).toBe(true);
    expect(await valueOf('lab/VirtualMachine/vm-4', 'changedIn')).toBe(2);
  });

  it('reads everything again when the stream is lost', async () => {
    collector.put(machine('vm-50'));
    collector.loseStream();
    await expect.poll(() => countOf(graph, 'VirtualMachine'), patience).toBe(11);
    expect(collector.sessions).toBe(2);
    expect(collector.openSessions).toBeLessThanOrEqual(1);
  });

  it('reads everything again when somebody asks for it', async () => {
    collector.put(machine('vm-50'));
    const report = await watcher.requestFullSync();
    expect(report).toMatchObject({ mode: 'full', status: 'complete' });
    expect(await countOf(graph, 'VirtualMachine')).toBe(11);
  });

  it('ends, with the reason, when only a person can help', async () => {
    collector.beforePage = () => {
      throw new ScriptedFailure(false);
    };
    collector.loseStream();
    await expect(watcher.done).rejects.toThrow(ScriptedFailure);
    expect(collector.openSessions).toBe(0);
  });

  it('comes to the graph that a full read gives, whatever the order of changes', async () => {
    for (let round = 0; round < 5; round++) {
      const shape = machine('vm-5', {
        memoryMB: 1024 + round,
        host: round % 2 === 0 ? 'h1' : 'h2',
      });
      collector.put(shape);
      collector.announce(changed(shape));
    }
    collector.drop('VirtualMachine', 'vm-6');
    collector.announce({ type: 'removed', objectType: 'VirtualMachine', externalId: 'vm-6' });
    await expect.poll(() => countOf(graph, 'VirtualMachine'), patience).toBe(9);
    await expect.poll(() => valueOf('lab/VirtualMachine/vm-5', 'memoryMB'), patience).toBe(1028);
    const followed = await liveState(graph, source);
    const report = await watcher.requestFullSync();
    expect(report.counts.VirtualMachine).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect(await liveState(graph, source)).toEqual(followed);
  });
});
