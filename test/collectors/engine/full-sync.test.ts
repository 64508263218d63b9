import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SyncEngine, type SyncProgress } from '../../../src/collectors/engine/index.js';
import { SourceRegistry } from '../../../src/collectors/sources/index.js';
import {
  diffSyncs,
  migrate,
  record,
  to,
  type EntityDiff,
  type EntityRecord,
  type Graph,
} from '../../../src/graph/index.js';
import { openTestGraph } from '../../graph/open-test-graph.js';
import { wipeGraph } from '../../real/neo4j.js';
import { datastore, estate, host, machine } from './estate.js';
import { checksum, countOf, liveState } from './graph-state.js';
import { ScriptedSource, type ScriptedObject } from './scripted-source.js';

const pace = { firstPauseMs: 5, calmMs: 5 };
const source = 'lab';

let graph: Graph;
let engine: SyncEngine;
let collector: ScriptedSource;

beforeAll(async () => {
  ({ graph } = await openTestGraph());
  await migrate(graph);
});

beforeEach(async () => {
  await wipeGraph();
  await new SourceRegistry(graph).save({ id: source, name: 'Lab', kind: 'vsphere' });
  engine = new SyncEngine({ graph, pace });
  collector = new ScriptedSource();
});

const sync = (options?: Parameters<SyncEngine['sync']>[1]): ReturnType<SyncEngine['sync']> =>
  engine.sync({ source, collector, configuration: {} }, options);

async function diff(from: number, until: number): Promise<EntityDiff[]> {
  const found: EntityDiff[] = [];
  for await (const entity of diffSyncs(graph, { source, from, to: until })) found.push(entity);
  return found;
}

const property = async (id: string, name: string): Promise<unknown> => {
  const [row] = await graph.readCompiled({
    text: 'MATCH (n:Entity {id: $id}) RETURN n[$name] AS value',
    parameters: { id, name },
  });
  return row?.value;
};

describe('a full sync', () => {
  it('writes every node and relationship of the source', async () => {
    collector.put(...estate(20));
    const report = await sync();
    expect(report).toMatchObject({ sync: 1, status: 'complete', omissions: 0, dangling: 0 });
    expect(report.counts.VirtualMachine).toEqual({
      seen: 20,
      added: 20,
      changed: 0,
      unchanged: 0,
      removed: 0,
    });
    const state = await liveState(graph, source);
    // 1 datastore, 2 hosts, 20 machines with a disk each; RUNS_ON, HAS_DISK and ON_DATASTORE.
    expect(state).toHaveLength(43 + 60);
  });

  it('writes nothing when nothing changed', async () => {
    collector.put(...estate(20));
    await sync();
    const before = await property('lab/VirtualMachine/vm-1', 'lastSeen');
    const report = await sync();
    expect(report.counts.VirtualMachine).toMatchObject({
      seen: 20,
      added: 0,
      changed: 0,
      unchanged: 20,
    });
    expect(await property('lab/VirtualMachine/vm-1', 'lastSeen')).toBe(before);
    expect(await diff(1, 2)).toEqual([]);
  });

  it('says what came, changed and went between two syncs', async () => {
    collector.put(...estate(20));
    await sync();
    collector.put(machine('vm-1', { memoryMB: 2048, host: 'h2' }), machine('vm-21'));
    collector.drop('VirtualMachine', 'vm-2');
    const report = await sync();
    expect(report.counts.VirtualMachine).toMatchObject({
      added: 1,
      changed: 1,
      removed: 1,
      unchanged: 18,
    });
    expect(await diff(1, 2)).toEqual([
      { id: 'lab/Disk/vm-2/2000', kind: 'Disk', name: 'Hard disk 1', type: 'removed', fields: {} },
      { id: 'lab/Disk/vm-21/2000', kind: 'Disk', name: 'Hard disk 1', type: 'added', fields: {} },
      {
        id: 'lab/VirtualMachine/vm-1',
        kind: 'VirtualMachine',
        name: 'vm vm-1',
        type: 'changed',
        fields: {
          memoryMB: { old: 1024, new: 2048 },
          host: { old: ['lab/Host/h1'], new: ['lab/Host/h2'] },
        },
      },
      {
        id: 'lab/VirtualMachine/vm-2',
        kind: 'VirtualMachine',
        name: 'vm vm-2',
        type: 'removed',
        fields: {},
      },
      {
        id: 'lab/VirtualMachine/vm-21',
        kind: 'VirtualMachine',
        name: 'vm vm-21',
        type: 'added',
        fields: {},
      },
    ]);
  });

  it('composes a diff over several syncs, and finds nothing where a change was undone', async () => {
    collector.put(...estate(12));
    await sync();
    collector.put(
      machine('vm-1', { memoryMB: 2048 }),
      machine('vm-2', { host: 'h2', memoryMB: 4096 }),
    );
    await sync();
    collector.put(machine('vm-1'), machine('vm-2', { host: 'h2', memoryMB: 8192 }));
    await sync();
    expect((await diff(1, 3)).map(({ id, fields }) => [id, fields])).toEqual([
      ['lab/VirtualMachine/vm-2', { memoryMB: { old: 1024, new: 8192 } }],
    ]);
    expect(await diff(2, 3)).toHaveLength(2);
  });

  it('makes a tombstone that no query over the kind sees, and gives it back its label when it returns', async () => {
    collector.put(...estate(12));
    await sync();
    const before = await checksum(graph, source);
    await graph.writeCompiled({
      text: "MATCH (v:VirtualMachine {id: 'lab/VirtualMachine/vm-3'}) CREATE (v)-[:HAS_CONCERN]->(:Concern {id: 'c'})",
      parameters: {},
    });
    collector.drop('VirtualMachine', 'vm-3');
    await sync();
    expect(await countOf(graph, 'VirtualMachine')).toBe(11);
    expect(await countOf(graph, 'Disk')).toBe(11);
    expect(await property('lab/VirtualMachine/vm-3', 'removedIn')).toBe(2);
    expect(await property('lab/VirtualMachine/vm-3', 'syncedIn')).toBe(1);
    const concerns = await graph.readCompiled({
      text: 'MATCH ()-[r:HAS_CONCERN]->() RETURN r',
      parameters: {},
    });
    expect(concerns).toEqual([]);
    collector.put(machine('vm-3'));
    await sync();
    expect(await checksum(graph, source)).toBe(before);
    expect(await diff(1, 3)).toEqual([]);
    expect((await diff(2, 3)).map(({ type }) => type)).toEqual(['added', 'added']);
  });

  it('buries a disk that its machine no longer has, although no proof covers disks', async () => {
    collector.unproven.add('Disk');
    collector.put(...estate(2), machine('vm-9', { files: ['[ds] a.vmdk', '[ds] b.vmdk'] }));
    await sync();
    collector.put(machine('vm-9', { files: ['[ds] a.vmdk'] }));
    const report = await sync();
    expect(report.counts.Disk).toMatchObject({ removed: 1 });
    expect(await countOf(graph, 'Disk')).toBe(3);
  });

  it('makes relationships to objects that come on a later page', async () => {
    collector.pageSize = 2;
    collector.put(...[...estate(9)].reverse());
    const report = await sync();
    expect(report.dangling).toBe(0);
    const late = await liveState(graph, source);
    const ordered = new ScriptedSource();
    ordered.put(...estate(9));
    await wipeGraph();
    await new SourceRegistry(graph).save({ id: source, name: 'Lab', kind: 'vsphere' });
    await engine.sync({ source, collector: ordered, configuration: {} });
    expect(await liveState(graph, source)).toEqual(late);
  });

  it('records a relationship whose other end was never seen, and makes it when the end appears', async () => {
    collector.put(datastore('ds1'), machine('vm-1', { host: 'h9' }));
    const first = await sync();
    expect(first.dangling).toBe(1);
    const second = await sync();
    expect(second.dangling).toBe(1);
    expect(second.counts.VirtualMachine).toMatchObject({ changed: 0, unchanged: 1 });
    collector.put(host('h9'));
    const third = await sync();
    expect(third.dangling).toBe(0);
    const hosts = await graph.readCompiled({
      text: 'MATCH (:VirtualMachine)-[:RUNS_ON]->(h:Host) RETURN h.id AS id',
      parameters: {},
    });
    expect(hosts).toEqual([{ id: 'lab/Host/h9' }]);
  });

  it('counts an object that comes on two pages once, and keeps its last state', async () => {
    collector.put(...estate(3));
    const plain = collector.next.bind(collector);
    collector.next = async (session, cursor, signal) => {
      const page = await plain(session, cursor, signal);
      if (page.type !== 'page') return page;
      const again = machine('vm-1', { memoryMB: 4096 });
      return {
        ...page,
        objects: [
          ...page.objects,
          { type: 'VirtualMachine', externalId: 'vm-1', body: { ...again } },
        ],
      };
    };
    const report = await sync();
    expect(report.counts.VirtualMachine?.seen).toBe(3);
    expect(report.status).toBe('complete');
    expect(await property('lab/VirtualMachine/vm-1', 'memoryMB')).toBe(4096);
  });

  it('marks disks of one file in two machines as shared, snapshot deltas included', async () => {
    const shared = '[ds] quorum/q.vmdk';
    collector.put(
      ...estate(2),
      machine('a', { files: [shared] }),
      machine('b', { files: ['[ds] quorum/q-000002.vmdk'] }),
    );
    await sync();
    expect(await property('lab/Disk/a/2000', 'shared')).toBe(true);
    expect(await property('lab/Disk/b/2000', 'shared')).toBe(true);
    expect(await property('lab/Disk/vm-1/2000', 'shared')).toBe(false);
    collector.put(machine('b', { files: ['[ds] b/b.vmdk'] }));
    await sync();
    expect(await property('lab/Disk/a/2000', 'shared')).toBe(false);
    expect(await property('lab/VirtualMachine/a', 'changedIn')).toBe(2);
    const changed = (await diff(1, 2)).find(({ id }) => id === 'lab/Disk/a/2000');
    expect(changed).toMatchObject({
      type: 'changed',
      fields: { shared: { old: true, new: false } },
    });
  });

  it('keeps relationships that could not be read, and removes them once it is known that they are gone', async () => {
    const machineWith = (more: Partial<EntityRecord<'VirtualMachine'>>): ScriptedObject => ({
      records: [{ ...record('VirtualMachine', 'vm-1', 'vm 1', { memoryMB: 1024 }, {}), ...more }],
    });
    const tags = async (): Promise<number> =>
      (
        await graph.readCompiled({
          text: 'MATCH (:VirtualMachine)-[:TAGGED]->(t:Tag) RETURN t.id',
          parameters: {},
        })
      ).length;
    collector.put({ records: [record('Tag', 't1', 'gold', {}, {})] });
    collector.put(machineWith({ edges: { tags: [to('Tag', 't1')] } }));
    await sync();
    collector.put(machineWith({ unread: ['tags'], properties: { memoryMB: 2048 } }));
    expect((await sync()).counts.VirtualMachine).toMatchObject({ changed: 1 });
    expect(await tags()).toBe(1);
    expect(await diff(1, 2)).toMatchObject([{ fields: { memoryMB: { old: 1024, new: 2048 } } }]);
    expect((await sync()).counts.VirtualMachine).toMatchObject({ unchanged: 1 });
    collector.put(machineWith({ properties: { memoryMB: 2048 } }));
    await sync();
    expect(await tags()).toBe(0);
  });

  it('keeps odd values: empty, huge, in any script, of the wrong type', async () => {
    const name = `数据库 "o'brien" \\ ${'x'.repeat(100_000)}`;
    const odd = record(
      'VirtualMachine',
      'odd/1',
      name,
      { annotation: 'y'.repeat(1_000_000), memoryMB: 1.5, guestId: '' },
      {},
    );
    collector.put({ records: [odd] });
    const report = await sync();
    expect(report.status).toBe('complete');
    expect(report.omissions).toBe(1);
    expect(String(await property('lab/VirtualMachine/odd/1', 'annotation'))).toHaveLength(
      1_000_000,
    );
    expect(await property('lab/VirtualMachine/odd/1', 'memoryMB')).toBeNull();
    expect(await property('lab/VirtualMachine/odd/1', 'guestId')).toBe('');
    expect((await sync()).counts.VirtualMachine).toMatchObject({ unchanged: 1 });
  });

  it('tells how far it is, with a total and an estimate', async () => {
    const told: SyncProgress[] = [];
    engine = new SyncEngine({ graph, pace, onProgress: (progress) => told.push(progress) });
    collector.put(...estate(20));
    await sync();
    expect(told.map(({ phase }) => phase)).toEqual(
      expect.arrayContaining(['reading', 'settling', 'deriving']),
    );
    expect(told.at(-1)).toMatchObject({ source, sync: 1, seen: 23, total: 23 });
  });
});
