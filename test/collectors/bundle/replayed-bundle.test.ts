import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BundleError, openReplay, recordBundle } from '../../../src/collectors/bundle/index.js';
import { secretRemover } from '../../../src/collectors/bundle/without-secrets.js';
import { SyncEngine } from '../../../src/collectors/engine/index.js';
import { SourceRegistry } from '../../../src/collectors/sources/index.js';
import { migrate, record, type Graph } from '../../../src/graph/index.js';
import { openTestGraph } from '../../graph/open-test-graph.js';
import { wipeGraph } from '../../real/neo4j.js';
import { collectorConformance } from '../conformance/collector-conformance.js';
import { estate, machine } from '../engine/estate.js';
import { checksum, countOf, liveState } from '../engine/graph-state.js';
import { ScriptedFailure, ScriptedSource } from '../engine/scripted-source.js';

const source = 'lab';
const never = new AbortController().signal;
const canary = 'correct-horse-battery-staple';

let graph: Graph;
let folder: string;
let collector: ScriptedSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opal-bundle-test-'));
  ({ graph } = await openTestGraph());
  await migrate(graph);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function fresh(): Promise<void> {
  await wipeGraph();
  await new SourceRegistry(graph).save({ id: source, name: 'Lab', kind: 'vsphere' });
}

beforeEach(async () => {
  await fresh();
  collector = new ScriptedSource();
  collector.put(...estate(20));
});

async function recorded(name: string, pseudonymKey?: string): Promise<string> {
  const path = join(folder, name);
  const out = createWriteStream(path);
  await recordBundle({
    collector,
    configuration: { password: canary },
    out,
    signal: never,
    ...(pseudonymKey === undefined ? {} : { pseudonymKey }),
  });
  return path;
}

const replay = async (path: string): Promise<unknown> =>
  new SyncEngine({ graph }).sync(
    { source, collector: await openReplay(path, () => collector), configuration: {} },
    { mode: 'replay' },
  );

const linesOf = async (path: string): Promise<string[]> =>
  gunzipSync(await readFile(path))
    .toString('utf8')
    .trimEnd()
    .split('\n');

describe('a bundle', () => {
  it('replays to the graph that the source gave', async () => {
    const path = await recorded('plain.opal');
    await new SyncEngine({ graph }).sync({ source, collector, configuration: {} });
    const live = await checksum(graph, source);
    await fresh();
    await expect(replay(path)).resolves.toMatchObject({ mode: 'replay', status: 'complete' });
    expect(await checksum(graph, source)).toBe(live);
  });

  it.each([
    ['cut in the middle', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    [
      'without its last line',
      (bytes: Buffer) =>
        gzipSync(gunzipSync(bytes).toString().split('\n').slice(0, -2).join('\n') + '\n'),
    ],
    [
      'with one letter changed',
      (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('vm vm-1', 'vm vm-2')),
    ],
    [
      'with a page taken out',
      (bytes: Buffer) =>
        gzipSync(gunzipSync(bytes).toString().split('\n').toSpliced(2, 1).join('\n')),
    ],
    ['that is not gzip', () => Buffer.from('hello')],
    ['that is empty', () => Buffer.alloc(0)],
  ])('%s is refused, and removes nothing', async (_what, damage) => {
    const path = await recorded('whole.opal');
    await replay(path);
    const before = await checksum(graph, source);
    const broken = join(folder, 'broken.opal');
    await writeFile(broken, damage(await readFile(path)));
    await expect(replay(broken)).rejects.toThrow(BundleError);
    expect(await checksum(graph, source)).toBe(before);
    expect(await countOf(graph, 'Tombstone')).toBe(0);
  });

  it('that a failed recording left behind is refused', async () => {
    collector.beforePage = (page) => {
      if (page === 2) throw new ScriptedFailure(false);
    };
    await expect(recorded('failed.opal')).rejects.toThrow(ScriptedFailure);
    await expect(replay(join(folder, 'failed.opal'))).rejects.toThrow(BundleError);
  });

  it('of another format is refused by its number', async () => {
    const path = await recorded('format.opal');
    const text = (await linesOf(path)).join('\n').replace('"format":1', '"format":99');
    await writeFile(path, gzipSync(`${text}\n`));
    await expect(replay(path)).rejects.toThrow(/99/u);
  });

  it('leaves out fields that are named for a secret, at any depth, and nothing else', () => {
    const answer = {
      name: 'esx',
      config: [{ adminPassword: 'x', 'auth.password': 'y', tokenCount: 3 }],
    };
    expect(secretRemover([])(answer)).toEqual({
      name: 'esx',
      config: [{ adminPassword: '[removed]', 'auth.password': '[removed]', tokenCount: 3 }],
    });
  });

  it('holds no secret with which the source was read', async () => {
    collector.secrets = ['password'];
    collector.put({
      records: [
        record('VirtualMachine', 'leaky', 'leaky', { annotation: `login root/${canary}` }, {}),
      ],
    });
    const path = await recorded('clean.opal');
    const text = (await linesOf(path)).join('\n');
    expect(text).not.toContain(canary);
    expect(text).toContain('login root/[removed]');
  });

  it('with pseudonyms shows no name and keeps the shape of the graph', async () => {
    collector.put(
      machine('vm-50', { name: 'payroll-db', files: ['[ds] payroll-db/payroll-db-000001.vmdk'] }),
    );
    const path = await recorded('hidden.opal', 'a key');
    expect((await linesOf(path)).join('\n')).not.toMatch(/payroll/u);
    await replay(path);
    const [row] = await graph.readCompiled({
      text: "MATCH (v:VirtualMachine {externalId: 'vm-50'})-[:HAS_DISK]->(d) RETURN v.name AS name, d.file AS file",
      parameters: {},
    });
    const { name, file } = row ?? {};
    expect(name).toMatch(/^n[0-9a-f]{10}$/u);
    expect(file).toMatch(
      new RegExp(`^\\[n[0-9a-f]{10}\\] ${String(name)}/${String(name)}-000001\\.vmdk$`, 'u'),
    );
    expect(await liveState(graph, source)).toHaveLength(45 + 63);
  });
});

collectorConformance('a replayed bundle', async () => {
  const original = new ScriptedSource();
  original.put(...estate(20));
  const path = join(await mkdtemp(join(tmpdir(), 'opal-bundle-test-')), 'conformance.opal');
  await recordBundle({
    collector: original,
    configuration: {},
    out: createWriteStream(path),
    signal: never,
  });
  const close = (): Promise<void> => rm(join(path, '..'), { recursive: true, force: true });
  return { collector: await openReplay(path, () => original), configuration: {}, close };
});
