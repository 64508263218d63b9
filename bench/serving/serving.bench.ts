/**
 * Speed of the API over HTTP, the product started as a person starts it, beside a server on
 * @neo4j/graphql over the same database:
 *
 *     node --import ./bootstrap/run-typescript.js bench/serving/serving.bench.ts [machines…]
 */
import { tell } from '../figures.js';
import type { ApiClient } from './client.js';
import { estateFolder } from './estate-folder.js';
import { startPeer } from './peer.js';
import { startProduct } from './product.js';
import {
  causesRanked,
  filteredPage,
  peerFilteredPage,
  peerPlainPage,
  plainPage,
  similarTo,
  type PageFilter,
} from './requests.js';
import { firstDifference } from './same-page.js';
import { timeTogether, type Timing } from './timing.js';

/** Bounds of the 95th percentile in milliseconds, by the number of machines. */
const bounds: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  10_000: { plain: 60, filtered: 80, similar: 120, causes: 800 },
  100_000: { plain: 100, filtered: 150, similar: 300, causes: 5_000 },
};
const timesFaster = { plain: 1.3, filtered: 3 };
const rounds = {
  warmUpMs: Number(process.env.BENCH_WARM_UP_MS ?? 6_000),
  times: Number(process.env.BENCH_TIMES ?? 200),
};
const targets = 50;

/** Concerns that many, some and few machines have, each with the power state of most of these. */
const filters = {
  often: { concern: 'vmware.changed_block_tracking.disabled', powerState: 'poweredOn' },
  sometimes: { concern: 'vmware.snapshot.detected', powerState: 'poweredOn' },
  rarely: { concern: 'vmware.disk.shared.detected', powerState: 'poweredOn' },
} as const satisfies Readonly<Record<string, PageFilter>>;
type Often = keyof typeof filters;
const howOften = Object.keys(filters) as Often[];

async function someMachines(client: ApiClient): Promise<readonly string[]> {
  const answer = (await client.ask({
    query: `query ($first: Int) { virtualMachines(first: $first) { nodes { id } } }`,
    variables: { first: targets },
  })) as { readonly virtualMachines: { readonly nodes: readonly { readonly id: string }[] } };
  return answer.virtualMachines.nodes.map(({ id }) => id);
}

/** The figures mean nothing where the two do not answer alike. */
async function comparePages(ours: ApiClient, theirs: ApiClient): Promise<void> {
  const pairs = [
    [plainPage, peerPlainPage(true)],
    ...howOften.map(
      (often) => [filteredPage(filters[often]), peerFilteredPage(filters[often], true)] as const,
    ),
  ] as const;
  for (const [own, other] of pairs) {
    const difference = firstDifference(await ours.ask(own), await theirs.ask(other));
    if (difference !== undefined) throw new Error(`The product and the peer differ ${difference}`);
  }
}

async function measure(machines: number): Promise<void> {
  const product = await startProduct(await estateFolder(machines), 'off');
  const peer = await startPeer(product).catch(async (error: unknown) => {
    await product.stop();
    throw error;
  });
  try {
    const { client } = product;
    const ids = await someMachines(client);
    await comparePages(client, peer.client);
    await client.ask(causesRanked);
    await client.ask(similarTo(ids[0] ?? ''));
    const pages = await timeTogether(
      {
        plain: () => client.send(plainPage),
        peerPlain: () => peer.client.send(peerPlainPage(false)),
        peerPlainSorted: () => peer.client.send(peerPlainPage(true)),
      },
      rounds,
    );
    const filtered = {} as Record<Often, FilteredPages>;
    for (const often of howOften) {
      const filter = filters[often];
      filtered[often] = await timeTogether(
        {
          own: () => client.send(filteredPage(filter)),
          peer: () => peer.client.send(peerFilteredPage(filter, false)),
          peerSorted: () => peer.client.send(peerFilteredPage(filter, true)),
        },
        rounds,
      );
    }
    const analysis = await timeTogether(
      {
        similar: (turn) => client.send(similarTo(ids[turn % ids.length] ?? '')),
        causes: () => client.send(causesRanked),
      },
      { ...rounds, times: rounds.times / 2 },
    );
    report(machines, pages, analysis);
    for (const often of howOften) reportFiltered(machines, often, filtered[often]);
  } finally {
    await peer.stop();
    await product.stop();
  }
}

type Pages = Readonly<Record<'plain' | 'peerPlain' | 'peerPlainSorted', Timing>>;
type FilteredPages = Readonly<Record<'own' | 'peer' | 'peerSorted', Timing>>;
type Analysis = Readonly<Record<'similar' | 'causes', Timing>>;

const sizeOf = (machines: number): string => `${machines.toLocaleString('en')} VMs`;

function tellTime(name: string, { p50, p95 }: Timing, bound?: number): void {
  const atMost = bound === undefined ? {} : { atMost: bound };
  tell({ name, value: p95, p50, unit: 'ms', ...atMost });
}

function tellRatio(name: string, peer: Timing, own: Timing, bound?: number): void {
  const atLeast = bound === undefined ? {} : { atLeast: bound };
  tell({ name, value: peer.p50 / own.p50, unit: 'times', ...atLeast });
}

function report(machines: number, pages: Pages, analysis: Analysis): void {
  const size = sizeOf(machines);
  const held = bounds[machines] ?? {};
  const { plain, peerPlain, peerPlainSorted } = pages;
  tellTime(`${size}: nested page of 100`, plain, held.plain);
  tellTime(`${size}: similar`, analysis.similar, held.similar);
  tellTime(`${size}: causes ranked`, analysis.causes, held.causes);
  tellTime(`${size}: @neo4j/graphql, a page in no order`, peerPlain);
  tellTime(`${size}: @neo4j/graphql, the same page`, peerPlainSorted);
  tellRatio(`${size}: times faster, a page in no order there`, peerPlain, plain);
  tellRatio(`${size}: times faster, the same page`, peerPlainSorted, plain, timesFaster.plain);
}

function reportFiltered(machines: number, often: Often, pages: FilteredPages): void {
  const page = `${sizeOf(machines)}: page by a concern seen ${often}`;
  const { own, peer, peerSorted } = pages;
  tellTime(page, own, bounds[machines]?.filtered);
  tellTime(`${page}, @neo4j/graphql in no order`, peer);
  tellTime(`${page}, @neo4j/graphql`, peerSorted);
  tellRatio(`${page}, times faster than in no order there`, peer, own);
  tellRatio(`${page}, times faster`, peerSorted, own, timesFaster.filtered);
}

const sizes = process.argv.slice(2).map(Number);
for (const machines of sizes.length > 0 ? sizes : [10_000, 100_000]) await measure(machines);
