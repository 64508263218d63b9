/**
 * Loading through the engine against the raw driver with the same data, constraints and indexes:
 *
 *     node --import ./bootstrap/run-typescript.js bench/loading.ts [machines] [rounds]
 *
 * Prints one line a figure. With OPAL_TEST_NEO4J_URI and OPAL_TEST_NEO4J_PASSWORD it uses that
 * server AND EMPTIES IT; else it starts one of its own.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4j, { type Driver } from 'neo4j-driver';
import { z } from 'zod';
import type { AnyCollector } from '../src/collectors/any-collector.js';
import type { RawObject } from '../src/collectors/contract.js';
import { SyncEngine } from '../src/collectors/engine/index.js';
import { SourceRegistry } from '../src/collectors/sources/index.js';
import {
  entityId,
  kindDefinition,
  migrate,
  openGraph,
  record,
  to,
  type AnyRecord,
  type EdgeTarget,
} from '../src/graph/index.js';
import { encodeInto } from '../src/graph/loader/encode-values.js';
import { prepareRecord } from '../src/graph/loader/index.js';
import { startEmbeddedNeo4j } from '../src/server/embedded/neo4j.js';
import { createLogger } from '../src/telemetry/logger.js';

const machines = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 3);
/** What is promised: share of the raw speed, and an unchanged second sync beside the first. */
const leastShare = 0.6;
const mostRepeat = 0.25;
const source = 'bench';
const pageSize = 500;
const rawBatch = 5_000;

const hosts = Math.max(2, Math.ceil(machines / 40));
const datastores = Math.max(2, Math.ceil(machines / 100));
const networks = Math.max(2, Math.ceil(machines / 200));

/** One machine is five nodes and eleven and a half relationships. */
function machine(i: number): { records: AnyRecord[]; owned: ['Disk', 'Nic'] } {
  const id = `vm-${i}`;
  const vm = record(
    'VirtualMachine',
    id,
    `app-${i % 977}-server-${i}`,
    {
      uuid: `4213e1a0-0000-1111-2222-${String(i).padStart(12, '0')}`,
      path: `/dc/vm/app-${i % 977}/server-${i}`,
      powerState: i % 3 === 0 ? 'poweredOff' : 'poweredOn',
      cpuCount: 1 + (i % 8),
      memoryMB: 1024 * (1 + (i % 16)),
      guestId: 'rhel8_64Guest',
      guestName: 'Red Hat Enterprise Linux 8 (64-bit)',
      firmware: i % 2 === 0 ? 'bios' : 'efi',
      hardwareVersion: 'vmx-19',
      ipAddress: `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`,
    },
    {
      host: to('Host', `host-${i % hosts}`),
      datastores: [
        to('Datastore', `ds-${i % datastores}`),
        to('Datastore', `ds-${(i + 1) % datastores}`),
      ],
    },
  );
  const disks = [0, 1].map((n) =>
    record(
      'Disk',
      `${id}/${2000 + n}`,
      `Hard disk ${n + 1}`,
      {
        key: 2000 + n,
        file: `[ds-${i % datastores}] ${id}/${id}_${n}.vmdk`,
        capacityBytes: 2 ** 35,
        bus: 'scsi',
        thinProvisioned: true,
      },
      {
        machine: to('VirtualMachine', id),
        datastore: to('Datastore', `ds-${(i + n) % datastores}`),
      },
    ),
  );
  const nics = [0, 1].map((n) =>
    record(
      'Nic',
      `${id}/${4000 + n}`,
      `Network adapter ${n + 1}`,
      {
        key: 4000 + n,
        order: n,
        mac: `00:50:56:${[i >> 16, i >> 8, i].map((b) => (b & 255).toString(16).padStart(2, '0')).join(':')}`,
        model: 'vmxnet3',
        connected: true,
      },
      { machine: to('VirtualMachine', id), network: to('Network', `net-${(i + n) % networks}`) },
    ),
  );
  return { records: [vm, ...disks, ...nics], owned: ['Disk', 'Nic'] };
}

function* infrastructure(): Generator<AnyRecord> {
  for (let i = 0; i < datastores; i++) yield record('Datastore', `ds-${i}`, `store ${i}`, {}, {});
  for (let i = 0; i < networks; i++)
    yield record('Network', `net-${i}`, `vlan ${i}`, { vlanId: i % 4096 }, {});
  for (let i = 0; i < hosts; i++)
    yield record('Host', `host-${i}`, `esx ${i}`, { cpuCores: 64 }, {});
}

const places = [...infrastructure()];

function rawObject(index: number): RawObject {
  const place = places[index];
  return { type: place?.kind ?? 'VirtualMachine', externalId: String(index), body: { index } };
}

const total = places.length + machines;

/** Serves the generated estate page by page, so that memory does not count as speed. */
const collector: AnyCollector = {
  kind: 'vsphere',
  configuration: z.object({}),
  secrets: [],
  verify: () => Promise.resolve({ ok: true, findings: [] }),
  around: (_configuration, burst) => burst(undefined),
  next: (_session, cursor) => {
    const start = typeof cursor === 'number' ? cursor : 0;
    if (start >= total) {
      const counts = { VirtualMachine: machines, Disk: 2 * machines, Nic: 2 * machines };
      return Promise.resolve({ type: 'done', proof: { counts, since: '' } });
    }
    const end = Math.min(total, start + pageSize);
    const objects = Array.from({ length: end - start }, (_, i) => rawObject(start + i));
    return Promise.resolve({
      type: 'page',
      objects,
      omissions: [],
      cursor: end,
      remaining: total - end,
    });
  },
  // eslint-disable-next-line @typescript-eslint/require-await -- never used: the bench does not watch
  watch: async function* () {
    yield* [];
  },
  map: ({ body }) => {
    const index = Number(body.index);
    const place = places[index];
    const mapped =
      place === undefined ? machine(index - places.length) : { records: [place], owned: [] };
    return { ...mapped, omissions: [] };
  },
};

function* allRecords(): Generator<AnyRecord> {
  yield* places;
  for (let i = 0; i < machines; i++) yield* machine(i).records;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

const spread = (values: readonly number[]): string =>
  `(${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)} in ${values.length} rounds)`;

type Rows = Map<string, unknown[]>;

interface RawLoad {
  nodes: number;
  relationships: number;
  /** Time in the driver and the server alone: rows are made while the clock stands still. */
  seconds: number;
}

/** UNWIND CREATE through the bare driver, nodes then relationships, in batches of 5,000. */
async function loadRaw(driver: Driver): Promise<RawLoad> {
  const session = driver.session({ database: 'neo4j' });
  const done = { nodes: 0, relationships: 0, seconds: 0 };
  const send = async (rows: Rows, text: string, batch: number): Promise<void> => {
    const list = rows.get(text) ?? [];
    if (list.length < batch) return;
    done.seconds += await seconds(() => session.run(text, { rows: list }));
    rows.set(text, []);
  };
  const add = (rows: Rows, text: string, row: unknown): void => {
    const list = rows.get(text);
    if (list === undefined) rows.set(text, [row]);
    else list.push(row);
  };
  const at = new Date().toISOString();
  const one = neo4j.int(1);
  const nodes: Rows = new Map();
  for (const each of allRecords()) {
    const { record: prepared } = prepareRecord(each, source);
    const { id, externalId, name, kind, hash, values } = prepared;
    const row = encodeInto(
      {
        id,
        externalId,
        name,
        hash,
        source,
        kind,
        firstSeen: at,
        lastSeen: at,
        addedIn: one,
        changedIn: one,
        syncedIn: one,
      },
      kind,
      values,
    );
    const text = `UNWIND $rows AS row CREATE (n:Entity:${kind}) SET n = row`;
    add(nodes, text, row);
    done.nodes += 1;
    await send(nodes, text, rawBatch);
  }
  for (const text of nodes.keys()) await send(nodes, text, 1);
  const edges: Rows = new Map();
  for (const each of allRecords()) {
    const given: Readonly<Record<string, EdgeTarget | readonly EdgeTarget[] | undefined>> =
      each.edges;
    for (const [name, definition] of Object.entries(kindDefinition(each.kind).edges)) {
      const targets = given[name];
      if (targets === undefined) continue;
      const arrow =
        definition.direction === 'out'
          ? `(a)-[:${definition.type}]->(b)`
          : `(a)<-[:${definition.type}]-(b)`;
      const text = `UNWIND $rows AS row MATCH (a:Entity {id: row[0]}) MATCH (b:Entity {id: row[1]}) CREATE ${arrow}`;
      for (const target of [targets].flat()) {
        add(edges, text, [
          entityId(source, each.kind, each.externalId),
          entityId(source, target.kind ?? '', target.externalId),
        ]);
        done.relationships += 1;
        await send(edges, text, rawBatch);
      }
    }
  }
  for (const text of edges.keys()) await send(edges, text, 1);
  await session.close();
  return done;
}

async function main(): Promise<void> {
  const uri = process.env.OPAL_TEST_NEO4J_URI;
  const folder = await mkdtemp(join(tmpdir(), 'opal-bench-'));
  const embedded =
    uri === undefined
      ? await startEmbeddedNeo4j({
          dataDir: folder,
          logger: createLogger('warn'),
          heap: '2g',
          pageCache: '1g',
        })
      : undefined;
  const address = embedded ?? {
    uri: uri ?? '',
    user: 'neo4j',
    password: process.env.OPAL_TEST_NEO4J_PASSWORD ?? '',
  };
  const driver = neo4j.driver(address.uri, neo4j.auth.basic(address.user, address.password), {
    telemetryDisabled: true,
  });
  const graph = await openGraph(address);
  const empty = async (): Promise<void> => {
    await graph.writeCompiled({
      text: 'MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS',
      parameters: {},
    });
    await migrate(graph);
    await new SourceRegistry(graph).save({ id: source, name: 'Bench', kind: 'vsphere' });
  };
  const say = (name: string, value: number, unit: string): void => {
    console.log(`${name.padEnd(44)} ${value.toFixed(2).padStart(10)} ${unit}`);
  };
  const shares: number[] = [];
  const repeats: number[] = [];
  try {
    for (let round = 1; round <= rounds; round += 1) {
      // A new engine: what it remembers of a source would not be there at a start.
      const engine = new SyncEngine({ graph });
      const target = { source, collector, configuration: {} };
      await empty();
      const size = await loadRaw(driver);
      if (round === 1) {
        say('nodes', size.nodes, '');
        say('relationships', size.relationships, '');
      }
      await empty();
      const first = await seconds(() => engine.sync(target));
      const second = await seconds(() => engine.sync(target));
      say(`round ${round}: raw UNWIND CREATE through the driver`, size.seconds, 's');
      say(`round ${round}: first sync`, first, 's');
      say(`round ${round}: second sync, nothing changed`, second, 's');
      shares.push(size.seconds / first);
      repeats.push(second / first);
    }
    say(`share of the raw speed (>= ${leastShare}), median`, median(shares), spread(shares));
    say(`second sync to first (< ${mostRepeat}), median`, median(repeats), spread(repeats));
    say('peak memory of this process', process.resourceUsage().maxRSS / 1_024, 'MiB');
    process.exitCode = median(shares) >= leastShare && median(repeats) < mostRepeat ? 0 : 1;
  } finally {
    await graph.close();
    await driver.close();
    await embedded?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
