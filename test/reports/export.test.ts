import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import { migrate, type Graph } from '../../src/graph/index.js';
import { csvEncoder } from '../../src/reports/format/csv.js';
import {
  exportReport,
  standardReports,
  type ReportExport,
  type ReportRequest,
} from '../../src/reports/index.js';
import { parseSearch } from '../../src/search/index.js';
import { openTestGraph } from '../graph/open-test-graph.js';
import { labPython } from '../lab/python-environment.js';
import { wipeGraph } from '../real/neo4j.js';

const machines = 1203;

const estate = `
CREATE (:Source {id: 's', name: 'source', kind: 'vsphere'}),
  (:Sync {id: 's#1', source: 's', number: 1, status: 'complete'}),
  (cluster:Entity:Cluster {id: 's/Cluster/c', source: 's', kind: 'Cluster', name: 'c'}),
  (cluster)-[:HAS_HOST]->(host:Entity:Host {id: 's/Host/h', source: 's', kind: 'Host',
    name: 'h', cpuCores: 32, cpuMHz: 2000, memoryBytes: 274877906944}),
  (net:Entity:Network {id: 's/Network/n', source: 's', kind: 'Network', name: 'n',
    vlanType: 'trunk', trunkRanges: ['1-10', '20-30']}),
  (store:Entity:Datastore {id: 's/Datastore/d', source: 's', kind: 'Datastore', name: 'd',
    capacityBytes: 1000, freeBytes: 250}),
  (rule:Concern {id: 'vmware.snapshot.detected', category: 'Information', label: 'Snapshot'}),
  (cause:Cause {id: 'vmware.snapshot.detected@s/VirtualMachine/00001', label: 'Remove it'})-[:OF]->(rule)
WITH host, store, net, rule, cause
UNWIND range(1, ${String(machines)}) AS i
CREATE (vm:Entity:VirtualMachine {id: 's/VirtualMachine/' + right('0000' + i, 5), source: 's',
  kind: 'VirtualMachine', name: CASE i % 4 WHEN 0 THEN '=cmd()' WHEN 1 THEN 'a,"b"' WHEN 2
  THEN 'line\\nbreak ü' ELSE '' END, memoryMB: i, secureBoot: i % 2 = 0, powerState: 'poweredOn'})
CREATE (vm)-[:RUNS_ON]->(host), (vm)-[:STORED_ON]->(store), (vm)-[:ATTACHED_TO]->(net)
CREATE (vm)-[:HAS_DISK]->(disk:Entity:Disk {id: 's/Disk/' + i, source: 's', kind: 'Disk',
  name: 'Hard disk 1', capacityBytes: 1024})-[:ON_DATASTORE]->(store)
WITH vm, rule, cause, i WHERE i = 1
CREATE (vm)-[:HAS_CONCERN {assessment: 'Remove it first', since: '2026-01-01T00:00:00.000Z'}]->(rule),
  (vm)-[:HELD_BY]->(cause),
  (vm)-[:HAS_SNAPSHOT]->(:Entity:Snapshot {id: 's/Snapshot/1', source: 's', kind: 'Snapshot',
    name: 'before', createdAt: '2020-01-01T00:00:00.000Z'})
`;

let graph: Graph;

const read = async (report: ReportExport): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of report.body) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const every: ReportRequest = {
  subject: {
    type: 'search',
    search: parseSearch('vms'),
    columns: [
      ['id'],
      ['name'],
      ['memoryMB'],
      ['secureBoot'],
      ['host', 'cluster', 'name'],
      ['disks', 'capacityBytes'],
      ['guestId'],
    ],
  },
  format: 'csv',
};

let python: string;

const runPython = (script: string, file: string): string[][] => {
  const result = spawnSync(python, ['-c', script], { input: file, maxBuffer: 64 * 1024 * 1024 });
  if (result.status !== 0) throw new Error(result.stderr.toString());
  return JSON.parse(result.stdout.toString()) as string[][];
};

const csvModuleCells = (file: string): string[][] =>
  runPython(
    'import csv,io,json,sys;print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode(),newline="")))))',
    file,
  );

/** Nothing is guessed, and an empty field is an empty text as it is to the other two. */
const duckdbCells = (file: string, columns: number): string[][] =>
  runPython(
    `import duckdb, json, sys, tempfile
names = {f'c{i}': 'VARCHAR' for i in range(${String(columns)})}
with tempfile.NamedTemporaryFile() as copy:
  copy.write(sys.stdin.buffer.read())
  copy.flush()
  rows = duckdb.read_csv(copy.name, columns=names, auto_detect=False, all_varchar=True,
    header=False, sep=',', quotechar='"', escapechar='"', na_values='no field says this')
  print(json.dumps(rows.fetchall()))`,
    file,
  );

beforeAll(async () => {
  python = await labPython();
  await wipeGraph();
  ({ graph } = await openTestGraph());
  await migrate(graph);
  await graph.writeCompiled({ text: estate, parameters: {} });
});

describe('a report', () => {
  it('is read alike by three parsers', async () => {
    const file = (await read(await exportReport(graph, every))).toString();
    const { data } = Papa.parse<string[]>(file.trimEnd(), { delimiter: ',' });
    expect(data).toHaveLength(machines + 1);
    expect(csvModuleCells(file)).toEqual(data);
    expect(duckdbCells(file, 7)).toEqual(data);
  });

  it('has equal cells in every format', async () => {
    const csv = (await read(await exportReport(graph, every))).toString();
    const json = (await read(await exportReport(graph, { ...every, format: 'json' }))).toString();
    const lines = (await read(await exportReport(graph, { ...every, format: 'jsonl' }))).toString();
    const objects = JSON.parse(json) as Record<string, unknown>[];
    const jsonl = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(jsonl.slice(0, -1)).toEqual(objects);
    const rows = Papa.parse<Record<string, string>>(csv.trimEnd(), {
      header: true,
      delimiter: ',',
    }).data;
    expect(rows.map((row) => row.name?.replace(/^'(?='*[=+\-@\t\r\n\0])/, ''))).toEqual(
      objects.map((object) => object.name),
    );
    expect(objects[0]).toEqual({
      id: 's/VirtualMachine/00001',
      name: 'a,"b"',
      memoryMB: 1,
      secureBoot: false,
      'host.cluster.name': 'c',
      'disks.capacityBytes': [1024],
      guestId: null,
    });
  });

  it('begins with a byte-order mark where one is asked for', async () => {
    const plain = await read(await exportReport(graph, every));
    const marked = await exportReport(graph, { ...every, byteOrderMark: true });
    expect(await read(marked)).toEqual(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain]));
  });

  it('ends with the count of its rows and the hash of its bytes', async () => {
    const report = await exportReport(graph, every);
    expect(() => report.trailer()).toThrow(/has not ended/);
    const bytes = await read(report);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(report.trailer()).toEqual({ rows: machines, sha256 });
    const lines = (await read(await exportReport(graph, { ...every, format: 'jsonl' }))).toString();
    const end = lines.trimEnd().lastIndexOf('\n') + 1;
    expect(JSON.parse(lines.slice(end))).toEqual({
      trailer: {
        rows: machines,
        sha256: createHash('sha256').update(lines.slice(0, end)).digest('hex'),
        state: 's#1',
      },
    });
  });

  it('goes on where it broke, byte for byte', async () => {
    const whole = await exportReport(graph, every);
    const bytes = await read(whole);
    for (const offset of [0, 1, 17, 40_000, bytes.length - 1, bytes.length]) {
      const rest = await exportReport(graph, every, { skip: offset });
      expect(rest.entityTag).toBe(whole.entityTag);
      expect((await read(rest)).equals(bytes.subarray(offset))).toBe(true);
      expect(rest.trailer()).toEqual(whole.trailer());
    }
  });

  it('breaks off where the inventory moves on meanwhile', async () => {
    const report = await exportReport(graph, every);
    const reading = report.body[Symbol.asyncIterator]();
    await reading.next();
    await graph.writeCompiled({
      text: "CREATE (:Sync {id: 's#2', source: 's', number: 2, status: 'running'})",
      parameters: {},
    });
    const rest = async (): Promise<void> => {
      while ((await reading.next()).done !== true) continue;
    };
    await expect(rest()).rejects.toThrow(/moved on/);
    expect((await exportReport(graph, every)).entityTag).not.toBe(report.entityTag);
    await graph.writeCompiled({ text: "MATCH (sync {id: 's#2'}) DELETE sync", parameters: {} });
  });

  it.each(standardReports.map(({ name }) => name))(
    'named %s gives rows that fit its columns',
    async (name) => {
      const request: ReportRequest = { subject: { type: 'standard', name }, format: 'json' };
      const report = await exportReport(graph, request);
      const rows = JSON.parse((await read(report)).toString()) as Record<string, unknown>[];
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every((row) => Object.keys(row).length === report.columns.length)).toBe(true);
      expect(rows[0]).toMatchSnapshot();
      const again = await read(await exportReport(graph, request));
      expect(again.toString()).toBe(
        `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
      );
      const none = { ...request, subject: { type: 'standard' as const, name, source: 'other' } };
      expect(JSON.parse((await read(await exportReport(graph, none))).toString())).toEqual([]);
    },
  );

  it('that does not exist is refused with what was meant', async () => {
    const request: ReportRequest = {
      subject: { type: 'standard', name: 'datastore' },
      format: 'csv',
    };
    await expect(exportReport(graph, request)).rejects.toThrow(/'datastores'/);
  });
});

describe('a CSV cell', () => {
  it('is never a formula and always comes back as it was', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc
        .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '\0', "'", "'="), fc.string())
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const line = csvEncoder(['a']).rows([[text, 'end']], true);
        const [row] = Papa.parse<string[]>(line, { delimiter: ',', newline: '\r\n' }).data;
        const cell = row?.[0] ?? '';
        expect(cell).not.toMatch(/^[=+\-@\t\r\n\0]/);
        expect(cell.replace(/^'(?='*[=+\-@\t\r\n\0])/, '')).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});
