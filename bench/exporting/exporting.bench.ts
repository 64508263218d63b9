/**
 * CSV of every virtual machine through HTTP, beside the bare driver that streams the same cells with
 * the same query, and the memory of the server while it does:
 *
 *     node --import ./bootstrap/run-typescript.js bench/exporting/exporting.bench.ts [machines]
 */
import { request } from 'node:http';
import neo4j, { type Driver } from 'neo4j-driver';
import { compileCells, parseSearch } from '../../src/search/index.js';
import { tell } from '../figures.js';
import { estateFolder } from '../serving/estate-folder.js';
import { startProduct, type Product } from '../serving/product.js';
import { peakDuring } from './process-memory.js';

const machines = Number(process.argv[2] ?? 100_000);
const few = 1_000;
const columns = [
  'name',
  'powerState',
  'cpuCount',
  'memoryMB',
  'diskCapacityBytes',
  'guestName',
  'ipAddress',
  'id',
];
const rounds = 5;
const growthAtMost = 64;
const shareAtLeast = 0.7;

/** Reads an export to its end and gives the rows that its trailer counts. */
function exported({ address, token }: Product, search: string): Promise<number> {
  const query = new URLSearchParams({ search, format: 'csv', columns: columns.join(',') });
  return new Promise((resolve, reject) => {
    request(
      `${address}/export?${query.toString()}`,
      { headers: { authorization: `Bearer ${token}` } },
      (response) => {
        response.on('error', reject);
        response.on('end', () => {
          const rows = Number(response.trailers['x-opal-rows']);
          if (response.statusCode === 200 && rows > 0) resolve(rows);
          else reject(new Error(`The export ended with ${String(response.statusCode)}`));
        });
        response.resume();
      },
    )
      .on('error', reject)
      .end();
  });
}

async function streamed(driver: Driver): Promise<number> {
  const { text, parameters } = compileCells(parseSearch('vms'), {
    columns: columns.map((name) => [name]),
  });
  const session = driver.session({ fetchSize: 1_000, defaultAccessMode: neo4j.session.READ });
  let rows = 0;
  try {
    for await (const row of session.run(text, parameters)) {
      if (Array.isArray(row.get('cells'))) rows += 1;
    }
  } finally {
    await session.close();
  }
  return rows;
}

async function rowsPerSecond(work: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const rows = await work();
  return (rows * 1_000) / (performance.now() - start);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const product = await startProduct(await estateFolder(machines), 'off');
const driver = neo4j.driver(
  product.neo4j.uri,
  neo4j.auth.basic(product.neo4j.user, product.neo4j.password),
  { disableLosslessIntegers: true, telemetryDisabled: true },
);
try {
  const all = 'vms';
  const part = `vms order by id limit ${few}`;
  // Warm, as a server is that has been asked before; but never for all rows.
  for (let round = 0; round < 20; round += 1) await exported(product, part);
  const before = await peakDuring(product.pid, () => exported(product, part));
  const peak = await peakDuring(product.pid, () => exported(product, all));
  const ours: number[] = [];
  const bare: number[] = [];
  await streamed(driver);
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await rowsPerSecond(() => streamed(driver)));
    ours.push(await rowsPerSecond(() => exported(product, all)));
  }
  const size = `CSV of ${machines.toLocaleString('en')} VMs`;
  tell({
    name: `${size}: memory over that of ${few.toLocaleString('en')} VMs`,
    value: peak - before,
    unit: 'MiB',
    atMost: growthAtMost,
  });
  tell({ name: `${size}: speed`, value: median(ours), unit: 'rows/s' });
  tell({ name: `${size}: bare driver, same cells`, value: median(bare), unit: 'rows/s' });
  tell({
    name: `${size}: share of the bare driver's speed`,
    value: median(ours) / median(bare),
    unit: '',
    atLeast: shareAtLeast,
  });
} finally {
  await driver.close();
  await product.stop();
}
