import { beforeAll, describe, expect, it } from 'vitest';
import { migrate, type Graph } from '../../src/graph/index.js';
import {
  compileAggregate,
  compileHistogram,
  compileSearch,
  findSavedSearch,
  listSavedSearches,
  parseSearch,
  removeSavedSearch,
  saveSearch,
} from '../../src/search/index.js';
import { openTestGraph } from '../graph/open-test-graph.js';
import { wipeGraph } from '../real/neo4j.js';

const estate = `
CREATE (prod:Entity:Cluster {id: 's/Cluster/c1', name: 'prod-east'}),
  (test:Entity:Cluster {id: 's/Cluster/c2', name: 'test'}),
  (h1:Entity:Host {id: 's/Host/h1', name: 'esx1'})<-[:HAS_HOST]-(prod),
  (h2:Entity:Host {id: 's/Host/h2', name: 'esx2'})<-[:HAS_HOST]-(test),
  (shared:Concern {id: 'vmware.disk.shared.detected', category: 'Warning'}),
  (web:Entity:VirtualMachine {id: 's/VirtualMachine/1', name: 'web-1', powerState: 'poweredOn',
    memoryMB: 4096, cpuCount: 2, secureBoot: true, ipAddresses: ['10.0.0.1', 'fe80::1'],
    createdAt: '2020-01-01T00:00:00.000Z', annotation: 'Owner: Zoë\\nBackup'})-[:RUNS_ON]->(h1),
  (db:Entity:VirtualMachine {id: 's/VirtualMachine/2', name: 'DB (old)', powerState: 'poweredOff',
    memoryMB: 65536, cpuCount: 16})-[:RUNS_ON]->(h2),
  (bare:Entity:VirtualMachine {id: 's/VirtualMachine/3', name: 'bare'}),
  (gone:Entity:Tombstone {id: 's/VirtualMachine/4', name: 'web-gone'}),
  (web)-[:HAS_CONCERN]->(shared), (db)-[:HAS_CONCERN]->(shared),
  (web)-[:HAS_DISK]->(:Entity:Disk {id: 's/Disk/1/1', capacityBytes: 3298534883328, bus: 'scsi'}),
  (web)-[:HAS_DISK]->(:Entity:Disk {id: 's/Disk/1/2', capacityBytes: 1024, bus: 'nvme'}),
  (db)-[:HAS_DISK]->(:Entity:Disk {id: 's/Disk/2/1', capacityBytes: 4096, bus: 'scsi'}),
  (db)-[:HAS_NIC]->(:Entity:Nic {id: 's/Nic/2/1', name: 'NIC 1', mac: '00:50:56:aa:bb:cc'}),
  (web)-[:TAGGED]->(:Entity:Tag {id: 's/Tag/t1', name: 'Müller GmbH', category: 'customer'})
`;

let graph: Graph;

const find = async (text: string): Promise<string[]> => {
  const rows = await graph.readCompiled(compileSearch(parseSearch(text)));
  return rows.map((row) => String(row.name));
};

beforeAll(async () => {
  await wipeGraph();
  ({ graph } = await openTestGraph());
  await migrate(graph);
  await graph.writeCompiled({ text: estate, parameters: {} });
  await graph.writeCompiled({
    text: 'CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()',
    parameters: {},
  });
});

describe('searches on a real graph', () => {
  it.each([
    ["concerns.id = 'vmware.disk.shared.detected' and host.cluster.name ~= '^prod'", ['web-1']],
    ['any(disks where capacity > 2Ti)', ['web-1']],
    ["all(disks where bus = 'scsi')", ['DB (old)', 'bare']],
    ["disks and all(disks where bus = 'scsi')", ['DB (old)']],
    ['none(disks)', ['bare']],
    ['count(disks) >= 2', ['web-1']],
    ['sum(disks.capacity) < 1Mi', ['DB (old)', 'bare']],
    ["max(disks.capacity where bus = 'nvme') = 1024", ['web-1']],
    ["powerState != 'poweredOff'", ['web-1', 'bare']],
    ["not powerState = 'poweredOff'", ['web-1', 'bare']],
    ["not (powerState = 'poweredOff' or secureBoot)", ['bare']],
    ['host is null', ['bare']],
    ['host.cluster.name is not null', ['web-1', 'DB (old)']],
    ["ipAddresses = 'fe80::1'", ['web-1']],
    ["ipAddresses starts with '10.'", ['web-1']],
    ["name ~= '\\(old\\)'", ['DB (old)']],
    ["name ~= '^(web|DB)'", ['web-1', 'DB (old)']],
    ["name like 'w__-%'", ['web-1']],
    ["name ilike '%OLD%'", ['DB (old)']],
    ["annotation ~= 'Zoë.Backup$'", ['web-1']],
    ['memoryMB between 4Gi and 8Gi', ['web-1']],
    ['cpuCount in (16, 32)', ['DB (old)']],
    ["createdAt < 'now-30d'", ['web-1']],
    ['createdAt < now - 30 days', ['web-1']],
    ['createdAt older than 1 year', ['web-1']],
    ['createdAt newer than 1 year', []],
    ["search('müller')", ['web-1']],
    ["search('00:50:56:aa')", ['DB (old)']],
    ["search('web') and secureBoot", ['web-1']],
    ["search('*:* OR')", []],
  ])('finds by %s', async (condition, names) => {
    expect(await find(`vms where ${condition}`)).toEqual(names);
  });

  it('orders over relationships, and by id where that leaves a tie', async () => {
    expect(await find('vms order by host.cluster.name desc, name')).toEqual([
      'bare',
      'DB (old)',
      'web-1',
    ]);
    expect(await find('vms order by memoryMB limit 1')).toEqual(['web-1']);
  });

  it('reads columns over relationships to one and to many', async () => {
    const search = parseSearch('select host.cluster.name, disks.bus, tags from vms where disks');
    const rows = await graph.readCompiled(compileSearch(search, { columns: search.columns ?? [] }));
    expect(rows.map(({ c0, c1, c2 }) => [c0, c1, c2])).toEqual([
      ['prod-east', ['scsi', 'nvme'], ['Müller GmbH']],
      ['test', ['scsi'], []],
    ]);
  });

  it('keeps a place in each column for each of the objects that a relationship leads to', async () => {
    await graph.writeCompiled({
      text: `MATCH (bare {id: 's/VirtualMachine/3'})
        UNWIND [['1', 'zulu', 7, null], ['2', 'same', 5, 'fast'], ['3', 'same', 5, null]] AS row
        CREATE (bare)-[:HAS_DISK]->(disk:Entity:Disk {id: 's/Disk/3/' + row[0], name: row[1],
          capacityBytes: row[2]})
        FOREACH (store IN [name IN [row[3]] WHERE name IS NOT NULL] |
          CREATE (disk)-[:ON_DATASTORE]->(:Entity:Datastore {id: 's/Datastore/1', name: store}))
`,
      parameters: {},
    });
    const text =
      "select disks.name, disks.capacityBytes, disks.bus, disks.datastore.name from vms where name = 'bare'";
    const search = parseSearch(text);
    const columns = search.columns ?? [];
    const [row] = await graph.readCompiled(compileSearch(search, { columns }));
    expect([row?.c0, row?.c1, row?.c2, row?.c3]).toEqual([
      ['zulu', 'same', 'same'],
      [7, 5, 5],
      [null, null, null],
      [null, 'fast', null],
    ]);
    await graph.writeCompiled({
      text: `MATCH ({id: 's/VirtualMachine/3'})-[:HAS_DISK]->(disk) OPTIONAL MATCH (disk)-->(store:Datastore)
        DETACH DELETE disk, store`,
      parameters: {},
    });
  });

  it('groups what it finds, with figures over numbers', async () => {
    const rows = await graph.readCompiled(
      compileAggregate(parseSearch('vms'), {
        groupBy: [['host', 'cluster', 'name']],
        measures: [
          { function: 'sum', path: ['memoryMB'] },
          { function: 'max', path: ['cpuCount'] },
        ],
        limit: 10,
      }),
    );
    expect(rows).toEqual([
      { keys: ['prod-east'], count: 1, values: [4096, 2] },
      { keys: ['test'], count: 1, values: [65536, 16] },
      { keys: [null], count: 1, values: [0, null] },
    ]);
    const figure = { function: 'sum', path: ['name'] } as const;
    const options = { groupBy: [], measures: [figure], limit: 1 };
    expect(() => compileAggregate(parseSearch('vms'), options)).toThrow(/needs numbers/);
  });

  it('spreads a number over stretches of equal width', async () => {
    const compiled = compileHistogram(parseSearch('disks'), ['capacityBytes'], 4);
    expect(await graph.readCompiled(compiled)).toEqual([
      { bucket: 0, count: 2, low: 1024, high: 3298534883328 },
      { bucket: 3, count: 1, low: 1024, high: 3298534883328 },
    ]);
  });

  it('pages by id', async () => {
    const search = parseSearch('vms');
    const rows = await graph.readCompiled(
      compileSearch(search, { after: 's/VirtualMachine/1', limit: 1 }),
    );
    expect(rows.map((row) => row.id)).toEqual(['s/VirtualMachine/2']);
  });

  it('keeps a search under its name with its tree and version', async () => {
    const search = parseSearch("vms where host.cluster.name = 'test' order by name");
    await saveSearch(graph, { name: 'Test machines', search }, 'anna');
    const saved = await saveSearch(graph, { name: 'test machines ', search }, 'ben');
    expect(saved).toMatchObject({ search, version: 1, createdBy: 'anna', changedBy: 'ben' });
    expect(await listSavedSearches(graph)).toHaveLength(1);
    expect(await removeSavedSearch(graph, 'TEST MACHINES')).toBe(true);
    await expect(findSavedSearch(graph, 'test machines')).rejects.toThrow(/no saved search/);
  });
});
