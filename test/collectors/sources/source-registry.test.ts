import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SyncEngine } from '../../../src/collectors/engine/index.js';
import { SourceError, SourceRegistry } from '../../../src/collectors/sources/index.js';
import { migrate, type Graph } from '../../../src/graph/index.js';
import { openTestGraph } from '../../graph/open-test-graph.js';
import { wipeGraph } from '../../real/neo4j.js';
import { estate } from '../engine/estate.js';
import { countOf } from '../engine/graph-state.js';
import { ScriptedSource } from '../engine/scripted-source.js';

let graph: Graph;
let now: Date;
let registry: SourceRegistry;

const lab = { id: 'lab', name: 'Lab', kind: 'vsphere' } as const;

beforeAll(async () => {
  ({ graph } = await openTestGraph());
  await migrate(graph);
});

beforeEach(async () => {
  await wipeGraph();
  now = new Date();
  registry = new SourceRegistry(graph, () => now);
});

const later = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1_000);
};

async function collect(id: string): Promise<void> {
  const collector = new ScriptedSource();
  collector.put(...estate(5));
  await new SyncEngine({ graph }).sync({ source: id, collector, configuration: {} });
}

describe('the source registry', () => {
  it('keeps what is known of a source and changes only what it is told', async () => {
    await registry.save({
      ...lab,
      address: 'https://vc/sdk',
      sealed: 'opaque',
      fingerprint: 'AA:BB',
    });
    await registry.save({ ...lab, name: 'Laboratory', settings: { user: 'reader' } });
    expect(await registry.get('lab')).toMatchObject({
      name: 'Laboratory',
      state: 'saved',
      address: 'https://vc/sdk',
      fingerprint: 'AA:BB',
      settings: '{"user":"reader"}',
    });
    expect(await registry.sealed('lab')).toBe('opaque');
    expect(JSON.stringify(await registry.list())).not.toContain('opaque');
  });

  it.each(['', 'a/b', 'Ä', 'x'.repeat(65), '-a'])('refuses the id %j', async (id) => {
    await expect(registry.save({ ...lab, id })).rejects.toThrow(SourceError);
  });

  it('forgets a draft after a day, and keeps a saved one', async () => {
    await registry.draft(lab);
    await registry.draft({ ...lab, id: 'kept' });
    await registry.save({ ...lab, id: 'kept' });
    later(23 * 3_600);
    await registry.tidy();
    expect(await registry.list()).toHaveLength(2);
    later(2 * 3_600);
    await registry.tidy();
    expect((await registry.list()).map(({ id }) => id)).toEqual(['kept']);
  });

  it('removes a source with all that came from it, and nothing of another', async () => {
    await registry.save(lab);
    await registry.save({ ...lab, id: 'other' });
    await collect('lab');
    await collect('other');
    await registry.remove('lab');
    expect((await registry.list()).map(({ id }) => id)).toEqual(['other']);
    expect(await countOf(graph, 'VirtualMachine')).toBe(5);
    expect(await countOf(graph, 'Sync')).toBe(1);
    await expect(registry.remove('lab')).rejects.toThrow(SourceError);
  });

  it('marks a source and its entities as stale after three intervals, until it is read again', async () => {
    await registry.save({ ...lab, intervalSeconds: 600 });
    await collect('lab');
    later(1_700);
    expect(await registry.markStale()).toEqual([]);
    later(200);
    expect(await registry.markStale()).toEqual(['lab']);
    expect((await registry.get('lab')).staleSince).not.toBeNull();
    const stale = {
      text: 'MATCH (n:Entity {stale: true}) RETURN count(n) AS count',
      parameters: {},
    };
    expect(await graph.readCompiled(stale)).toEqual([{ count: 13 }]);
    now = new Date();
    await collect('lab');
    expect(await registry.markStale()).toEqual(['lab']);
    expect(await graph.readCompiled(stale)).toEqual([{ count: 0 }]);
  });
});
