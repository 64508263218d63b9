import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SyncEngine } from '../../../src/collectors/engine/index.js';
import { SourceRegistry } from '../../../src/collectors/sources/index.js';
import { migrate, record, to, type Graph } from '../../../src/graph/index.js';
import { openTestGraph } from '../../graph/open-test-graph.js';
import { wipeGraph } from '../../real/neo4j.js';
import { estate, machine } from './estate.js';
import { checksum, countOf } from './graph-state.js';
import { ScriptedFailure, ScriptedSource, type ScriptedObject } from './scripted-source.js';

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

describe('the sweep gate', () => {
  beforeEach(async () => {
    collector.put(...estate(60));
    await sync();
  });

  it('removes nothing of a kind whose count differs from what the source said', async () => {
    collector.drop('VirtualMachine', 'vm-1');
    collector.miscounted.set('VirtualMachine', 60);
    const report = await sync();
    expect(report.held).toEqual([
      { kind: 'VirtualMachine', reason: 'countsDiffer', live: 60, seen: 59, said: 60 },
    ]);
    expect(await countOf(graph, 'VirtualMachine')).toBe(60);
  });

  it('removes nothing of a kind that the proof does not name', async () => {
    collector.drop('VirtualMachine', 'vm-1');
    collector.unproven.add('VirtualMachine').add('Disk');
    await sync();
    expect(await countOf(graph, 'VirtualMachine')).toBe(60);
  });

  it('asks a person before a fifth of a kind goes, and then does it', async () => {
    for (let i = 1; i <= 13; i++) collector.drop('VirtualMachine', `vm-${i}`);
    const report = await sync();
    expect(report.status).toBe('needsConfirmation');
    expect(report.held[0]).toEqual({
      kind: 'VirtualMachine',
      reason: 'largeRemoval',
      live: 60,
      seen: 47,
      said: 47,
    });
    expect(await countOf(graph, 'VirtualMachine')).toBe(60);
    const confirmed = await sync({ confirmRemovals: true });
    expect(confirmed.status).toBe('complete');
    expect(await countOf(graph, 'VirtualMachine')).toBe(47);
  });

  it('asks a person before the last one of a kind goes', async () => {
    collector.drop('Datastore', 'ds1');
    expect((await sync()).status).toBe('needsConfirmation');
    expect(await countOf(graph, 'Datastore')).toBe(1);
  });
});

describe('a source that fails', () => {
  it('is asked again from the same cursor after a temporary failure', async () => {
    collector.put(...estate(30));
    let failures = 0;
    collector.beforePage = (page) => {
      if (page === 2 && failures++ < 3) throw new ScriptedFailure(true);
    };
    const report = await sync();
    expect(report.status).toBe('complete');
    expect(collector.sessions).toBe(4);
    expect(collector.openSessions).toBe(0);
    expect(report.counts.VirtualMachine?.seen).toBe(30);
  });

  it.each([true, false])(
    'leaves the graph as it was when it ends for good (temporary: %s)',
    async (retryable) => {
      collector.put(...estate(30));
      await sync();
      const before = await checksum(graph, source);
      collector.drop('VirtualMachine', 'vm-1');
      collector.beforePage = (page) => {
        if (page === 2) throw new ScriptedFailure(retryable);
      };
      await expect(sync()).rejects.toThrow(ScriptedFailure);
      expect(await checksum(graph, source)).toBe(before);
      const [record] = await graph.readCompiled({
        text: 'MATCH (s:Sync {number: 2}) RETURN s.status AS status, s.error AS error',
        parameters: {},
      });
      expect(record).toMatchObject({
        status: 'failed',
        error: expect.stringContaining('The scripted source failed') as string,
      });
    },
  );

  it('is not read unless it is registered', async () => {
    const unknown = engine.sync({ source: 'nowhere', collector, configuration: {} });
    await expect(unknown).rejects.toThrow(/not registered/u);
  });

  it('is read to the end although a listener throws', async () => {
    const onApplied = (): void => {
      throw new Error('a broken listener');
    };
    collector.put(...estate(3));
    const careless = new SyncEngine({ graph, pace, onApplied, onProgress: onApplied });
    const report = await careless.sync({ source, collector, configuration: {} });
    expect(report.status).toBe('complete');
  });

  it('is read by one process at a time', async () => {
    collector.put(...estate(5));
    const gate = Promise.withResolvers<undefined>();
    collector.beforePage = () => gate.promise;
    const first = sync();
    await expect.poll(() => countOf(graph, 'Sync')).toBe(1);
    await expect(sync()).rejects.toThrow(/already/u);
    gate.resolve(undefined);
    await first;
    await expect(sync()).resolves.toMatchObject({ sync: 2 });
  });

  it('records a sync that somebody stopped as cancelled', async () => {
    collector.put(...estate(5));
    const stop = new AbortController();
    collector.beforePage = (page) => {
      if (page === 1) stop.abort(new Error('enough'));
    };
    await expect(sync({ signal: stop.signal })).rejects.toThrow('enough');
    const rows = await graph.readCompiled({
      text: 'MATCH (s:Sync) RETURN s.status AS status',
      parameters: {},
    });
    expect(rows).toEqual([{ status: 'cancelled' }]);
  });

  it('makes up for interruptions at ten places: nothing is removed, and the graph is as if there had been none', async () => {
    collector.pageSize = 3;
    collector.put(...estate(40), machine('x', { files: ['[ds] vm-1/vm-1.vmdk'] }), antiAffinity());
    await sync();
    const undisturbed = await checksum(graph, source);
    await wipeGraph();
    await new SourceRegistry(graph).save({ id: source, name: 'Lab', kind: 'vsphere' });
    const places = Array.from({ length: 10 }, () => Math.floor(Math.random() * 15));
    for (const place of places) {
      collector.beforePage = (page) => {
        if (page === place) throw new ScriptedFailure(false);
      };
      await expect(sync()).rejects.toThrow(ScriptedFailure);
      expect(await countOf(graph, 'Tombstone')).toBe(0);
    }
    collector.beforePage = () => undefined;
    await sync();
    expect(await checksum(graph, source), `cut off at ${places.join(', ')}`).toBe(undisturbed);
  });
});

function antiAffinity(): ScriptedObject {
  const machines = [to('VirtualMachine', 'vm-1'), to('VirtualMachine', 'vm-40')];
  const rule = record(
    'DrsRule',
    'r',
    'keep apart',
    { enabled: true },
    { virtualMachines: machines },
  );
  return { records: [rule] };
}
