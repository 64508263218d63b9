/**
 * Times evaluation, ranking, similarity and what-if on a synthetic estate:
 * `node --import ./bench/register-typescript.mjs bench/analysis.ts 10000 100000`.
 * Needs an empty database: NEO4J_URI, NEO4J_PASSWORD. It is emptied before and after each size.
 */
import neo4j, { type Driver } from 'neo4j-driver';
import { evaluateConcerns, findSimilar, rankCauses, whatIf } from '../src/concerns/index.js';
import { migrate, openGraph, type Graph } from '../src/graph/index.js';

const source = 'bench';
const batchSize = 2_000;

/** Numbers that look random and are the same in each run. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Row = Readonly<Record<string, unknown>>;

class SyntheticEstate {
  private readonly random = makeRandom(7);

  constructor(
    private readonly driver: Driver,
    private readonly size: number,
  ) {}

  async create(): Promise<void> {
    const clusters = Math.max(2, Math.round(this.size / 1_000));
    await this.run(
      `MERGE (:Source {id: $source, kind: 'vsphere'})
       WITH 1 AS one UNWIND range(0, $clusters - 1) AS c
       CREATE (cluster:Entity:Cluster {id: 'c' + c, name: 'cluster ' + c, source: $source,
         changedIn: 1, drsEnabled: c % 2 = 0, dpmEnabled: c % 5 = 0})
       WITH cluster, c UNWIND range(0, 19) AS h
       CREATE (cluster)-[:HAS_HOST]->(:Entity:Host {id: 'h' + (c * 20 + h), name: 'esx' + h,
         source: $source, changedIn: 1})`,
      { clusters: neo4j.int(clusters) },
    );
    await this.run(
      `UNWIND range(0, $count - 1) AS i
       CREATE (:Entity:Datastore {id: 'd' + i, name: 'store ' + i, source: $source, changedIn: 1,
         accessible: i % 50 <> 7})
       CREATE (:Entity:Network {id: 'n' + i, name: 'net ' + i, source: $source, changedIn: 1})`,
      { count: neo4j.int(clusters * 10) },
    );
    for (let start = 0; start < this.size; start += batchSize) {
      const count = Math.min(batchSize, this.size - start);
      const rows = Array.from({ length: count }, (_, index) =>
        this.machine(start + index, clusters),
      );
      await this.machines(rows);
    }
  }

  private machine(number: number, clusters: number): Row {
    const { random } = this;
    const cluster = random(clusters);
    const windows = random(3) === 0;
    const flags = random(100);
    return {
      id: `vm-${String(number).padStart(6, '0')}`,
      host: `h${cluster * 20 + random(20)}`,
      datastore: `d${cluster * 10 + random(10)}`,
      network: `n${cluster * 10 + random(10)}`,
      cpuCount: neo4j.int(2 ** random(5)),
      memoryMB: neo4j.int(1024 * 2 ** random(7)),
      guestId: windows ? 'windows2019srv_64Guest' : ['rhel8_64Guest', 'ubuntu64Guest'][random(2)],
      changeTrackingEnabled: random(3) !== 0,
      tpmPresent: flags < 6,
      hotAdd: flags < 30,
      hostName: flags % 9 === 0 ? '' : `host-${number}`,
      addresses: neo4j.int(flags % 7 === 0 ? 0 : 1),
      capacity: neo4j.int(flags === 3 ? 0 : 10 ** 10),
      free: neo4j.int(flags % 20 === 5 ? 10 ** 6 : 10 ** 9),
      lost: flags % 11 === 2 ? `[lost ${random(5)}] a/a.vmdk` : null,
      gpu: flags % 25 === 4 ? ['20b5', '1eb8', '2235'][random(3)] : null,
      usb: flags % 4 === 1,
      snapshots: neo4j.int(random(8) === 0 ? 2 : 0),
    };
  }

  private machines(rows: readonly Row[]): Promise<void> {
    return this.run(
      `UNWIND $rows AS r
       MATCH (host:Host {id: r.host})
       MATCH (store:Datastore {id: r.datastore})
       MATCH (net:Network {id: r.network})
       CREATE (vm:Entity:VirtualMachine {id: r.id, name: r.id, source: $source, changedIn: 1,
         hash: r.id, connectionState: 'connected', powerState: 'poweredOn', cpuCount: r.cpuCount,
         memoryMB: r.memoryMB, guestId: r.guestId, hostName: r.hostName, firmware: 'bios',
         changeTrackingEnabled: r.changeTrackingEnabled, tpmPresent: r.tpmPresent,
         cpuHotAddEnabled: r.hotAdd, diskCount: 2, nicCount: 1, diskCapacityBytes: 20000000000})
       CREATE (vm)-[:RUNS_ON]->(host), (vm)-[:STORED_ON]->(store), (vm)-[:ATTACHED_TO]->(net)
       CREATE (vm)-[:HAS_NIC]->(:Entity:Nic {id: r.id + '/n', name: 'adapter', source: $source,
         changedIn: 1, model: 'vmxnet3'})-[:CONNECTED_TO]->(net)
       CREATE (vm)-[:HAS_DISK]->(:Entity:Disk {id: r.id + '/0', name: 'disk 0', source: $source,
         changedIn: 1, capacityBytes: r.capacity, bus: 'scsi', mode: 'persistent',
         file: '[s] ' + r.id + '.vmdk'})-[:ON_DATASTORE]->(store)
       CREATE (vm)-[:HAS_DISK]->(second:Entity:Disk {id: r.id + '/1', name: 'disk 1',
         source: $source, changedIn: 1, capacityBytes: 1000000000, bus: 'scsi',
         mode: 'persistent', file: coalesce(r.lost, '[s] ' + r.id + '_1.vmdk')})
       FOREACH (_ IN CASE WHEN r.lost IS NULL THEN [1] ELSE [] END |
         CREATE (second)-[:ON_DATASTORE]->(store))
       CREATE (vm)-[:HAS_FILE_SYSTEM]->(:Entity:FileSystem {id: r.id + '/f', name: '/',
         source: $source, changedIn: 1, path: '/', freeBytes: r.free})
       FOREACH (_ IN range(1, r.addresses) |
         CREATE (vm)-[:HAS_GUEST_NETWORK]->(:Entity:GuestNetwork {id: r.id + '/g', name: 'a',
           source: $source, changedIn: 1, ipAddress: '10.0.0.1'}))
       FOREACH (_ IN CASE WHEN r.gpu IS NULL THEN [] ELSE [1] END |
         CREATE (vm)-[:HAS_DEVICE]->(:Entity:Device {id: r.id + '/p', name: 'gpu', source: $source,
           changedIn: 1, deviceClass: 'pciPassthrough', vendorId: '10de', deviceId: r.gpu}))
       FOREACH (_ IN CASE WHEN r.usb THEN [1] ELSE [] END |
         CREATE (vm)-[:HAS_DEVICE]->(:Entity:Device {id: r.id + '/u', name: 'usb', source: $source,
           changedIn: 1, deviceClass: 'usbController'}))
       FOREACH (s IN range(1, r.snapshots) |
         CREATE (vm)-[:HAS_SNAPSHOT]->(:Entity:Snapshot {id: r.id + '/s' + s, name: 's',
           source: $source, changedIn: 1}))`,
      { rows },
    );
  }

  async change(count: number): Promise<void> {
    await this.run(
      `MATCH (vm:VirtualMachine) WITH vm ORDER BY vm.id LIMIT $count
       SET vm.changedIn = 2, vm.tpmPresent = NOT coalesce(vm.tpmPresent, false), vm.hash = vm.id + 'x'`,
      { count: neo4j.int(count) },
    );
  }

  async wipe(): Promise<void> {
    const session = this.driver.session();
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS');
    await session.close();
  }

  private async run(text: string, parameters: Row): Promise<void> {
    await this.driver.executeQuery(text, { ...parameters, source });
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

async function repeated(name: string, times: number, work: (turn: number) => Promise<unknown>) {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn++) taken.push(1_000 * (await seconds(() => work(turn))));
  taken.sort((a, b) => a - b);
  const at = (share: number): string =>
    (taken[Math.min(times - 1, Math.floor(share * times))] ?? 0).toFixed(1);
  console.log(`  ${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms over ${times}`);
}

async function measure(
  graph: Graph,
  open: () => Promise<Graph>,
  estate: SyntheticEstate,
  size: number,
) {
  const full = await seconds(() => evaluateConcerns(graph));
  console.log(`  first evaluation: ${full.toFixed(1)} s, ${Math.round(size / full)} machines/s`);
  await estate.change(100);
  const changed = await seconds(() => evaluateConcerns(graph));
  console.log(`  evaluation after 100 machines changed: ${changed.toFixed(2)} s`);
  const idle = await seconds(() => evaluateConcerns(graph));
  console.log(`  evaluation after nothing changed: ${idle.toFixed(2)} s`);
  const cold = await open();
  console.log(`  causes ranked, cold: ${(await seconds(() => rankCauses(cold))).toFixed(2)} s`);
  const to = 'vm-000042';
  console.log(`  similar, cold: ${(await seconds(() => findSimilar(cold, { to }))).toFixed(2)} s`);
  await cold.close();
  await rankCauses(graph);
  await findSimilar(graph, { to });
  await repeated('causes ranked', 20, () => rankCauses(graph));
  const causes = (await rankCauses(graph)).causes.map(({ id }) => id);
  await repeated('what if', 20, () => whatIf(graph, { fixedCauses: causes.slice(0, 5) }));
  await repeated('similar', 100, (turn) =>
    findSimilar(graph, { to: `vm-${String(turn * 37).padStart(6, '0')}` }),
  );
  const memory = process.memoryUsage();
  console.log(
    `  memory: ${Math.round((memory.heapUsed + memory.arrayBuffers) / 2 ** 20)} MiB in use`,
  );
}

const uri = process.env.NEO4J_URI ?? 'bolt://127.0.0.1:7687';
const password = process.env.NEO4J_PASSWORD ?? '';
const sizes = process.argv.slice(2).map(Number);
const driver = neo4j.driver(uri, neo4j.auth.basic('neo4j', password));
const open = (): Promise<Graph> => openGraph({ uri, user: 'neo4j', password });

for (const size of sizes.length > 0 ? sizes : [10_000]) {
  const graph = await open();
  const estate = new SyntheticEstate(driver, size);
  await estate.wipe();
  await migrate(graph);
  const created = await seconds(() => estate.create());
  console.log(`${size} machines (made in ${created.toFixed(0)} s)`);
  await measure(graph, open, estate, size);
  await estate.wipe();
  await graph.close();
}
await driver.close();
