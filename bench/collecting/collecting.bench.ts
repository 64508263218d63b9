/**
 * Client CPU of collecting ten thousand machines of the demo estate, beside a program on govmomi
 * that makes the same reads of the same simulator in the same run: same property paths, same
 * traversals, same page size, every answer decoded into Go's own types and counted. The collector
 * does more, and all of it counts: it opens the stream of changes, which tells the state of
 * everything once, reads names, tags and custom fields, and adds them to each object.
 *
 *     node --import ./bootstrap/run-typescript.js bench/collecting/collecting.bench.ts
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { vsphereCollector, vsphereConfiguration } from '../../src/collectors/vsphere/index.js';
import { stepsTo } from '../../src/collectors/vsphere/inventory-walk.js';
import { fullPaths, type ManagedObjectType } from '../../src/collectors/vsphere/paths.js';
import { labBinary } from '../../test/lab/lab-binary.js';
import { keptInventory } from '../../test/lab/saved-estate.js';
import { startVcsim, type Vcsim } from '../../test/lab/vcsim.js';

const machines = Number(process.env.OPAL_BENCH_MACHINES ?? 10_000);
const rounds = Number(process.env.OPAL_BENCH_ROUNDS ?? 3);
const pageSize = 500;
const limit = 0.7;

const groups: readonly (readonly ManagedObjectType[])[] = [
  ['Folder', 'StoragePod'],
  ['Datacenter'],
  ['ClusterComputeResource', 'ComputeResource'],
  ['Datastore'],
  ['DistributedVirtualSwitch', 'VmwareDistributedVirtualSwitch'],
  ['HostSystem'],
  ['Network', 'OpaqueNetwork', 'DistributedVirtualPortgroup'],
  ['ResourcePool', 'VirtualApp'],
  ['VirtualMachine'],
];

interface Cost {
  readonly objects: number;
  readonly cpuSeconds: number;
  readonly seconds: number;
}

const baselineAnswer = z.object({
  objects: z.record(z.string(), z.number()),
  cpuSeconds: z.number(),
  seconds: z.number(),
});

async function withGovmomi(vcsim: Vcsim): Promise<Cost> {
  const child = spawn(await labBinary('collect-baseline'), {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(
    JSON.stringify({
      url: vcsim.url,
      username: vcsim.username,
      password: vcsim.password,
      pageSize,
      reads: groups.map((types) => ({
        paths: Object.fromEntries(types.map((type) => [type, fullPaths[type]])),
        steps: stepsTo(types),
      })),
    }),
  );
  const answer = baselineAnswer.parse(JSON.parse(await text(child.stdout)));
  const objects = Object.values(answer.objects).reduce((sum, count) => sum + count, 0);
  return { ...answer, objects };
}

/** Everything that a sync asks of the collector, opening the stream of changes included. */
async function withCollector(vcsim: Vcsim): Promise<Cost> {
  const configuration = vsphereConfiguration.parse({
    address: vcsim.host,
    username: vcsim.username,
    password: vcsim.password,
    fingerprint: vcsim.sha256,
    pageSize,
    timeoutSeconds: 600,
  });
  const signal = new AbortController().signal;
  const started = performance.now();
  const before = process.cpuUsage();
  const objects = await vsphereCollector.around(
    configuration,
    async (session) => {
      let count = 0;
      let page = await vsphereCollector.next(session, undefined, signal);
      while (page.type === 'page') {
        count += page.objects.length;
        page = await vsphereCollector.next(session, page.cursor, signal);
      }
      return count;
    },
    signal,
  );
  const { user, system } = process.cpuUsage(before);
  return {
    objects,
    cpuSeconds: (user + system) / 1e6,
    seconds: (performance.now() - started) / 1000,
  };
}

const line = (name: string, { objects, cpuSeconds, seconds }: Cost): string =>
  `${name.padEnd(10)} ${objects} objects, ${cpuSeconds.toFixed(2)} s CPU, ${seconds.toFixed(1)} s`;

const vcsim = await startVcsim({ load: await keptInventory({ machines }) });
try {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const govmomi = await withGovmomi(vcsim);
    console.log(line('govmomi', govmomi));
    const collector = await withCollector(vcsim);
    console.log(line('collector', collector));
    ratios.push(collector.cpuSeconds / govmomi.cpuSeconds);
  }
  const sorted = ratios.toSorted((one, other) => one - other);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;
  const list = sorted.map((ratio) => ratio.toFixed(2)).join(', ');
  console.log(
    `client CPU, collector to govmomi: median ${median.toFixed(2)} of ${list} (at most ${limit})`,
  );
  process.exitCode = median <= limit ? 0 : 1;
} finally {
  await vcsim.stop();
}
