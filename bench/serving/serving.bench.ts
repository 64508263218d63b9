/**
 * Speed of the API over HTTP, the product started as a person starts it, beside a server on
 * @neo4j/graphql over the same database:
 *
 *     node --import ./bench/register-typescript.mjs bench/serving/serving.bench.ts [machines…]
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
  warmUpMs: Number(process.env.BENCH_WARM_UP_MS ?? 10_000),
  times: Number(process.env.BENCH_TIMES ?? 200),
};
const targets = 50;

/** A blocker of one machine in fifteen: neither the concern nor the order alone leads to the page. */
const filter: PageFilter = {
  concern: 'vmware.passthrough_device.detected',
  powerState: 'poweredOff',
};

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
    [filteredPage(filter), peerFilteredPage(filter, true)],
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
        filtered: () => client.send(filteredPage(filter)),
        peerFiltered: () => peer.client.send(peerFilteredPage(filter, false)),
        peerFilteredSorted: () => peer.client.send(peerFilteredPage(filter, true)),
      },
      rounds,
    );
    const analysis = await timeTogether(
      {
        similar: (turn) => client.send(similarTo(ids[turn % ids.length] ?? '')),
        causes: () => client.send(causesRanked),
      },
      { ...rounds, times: rounds.times / 2 },
    );
    report(machines, pages, analysis);
  } finally {
    await peer.stop();
    await product.stop();
  }
}

type PeerPage = 'peerPlain' | 'peerPlainSorted' | 'peerFiltered' | 'peerFilteredSorted';
type Pages = Readonly<Record<'plain' | 'filtered' | PeerPage, Timing>>;
type Analysis = Readonly<Record<'similar' | 'causes', Timing>>;

function report(machines: number, pages: Pages, analysis: Analysis): void {
  const size = `${machines.toLocaleString('en')} VMs`;
  const held = bounds[machines] ?? {};
  const time = (name: string, { p50, p95 }: Timing, bound?: number): void => {
    const atMost = bound === undefined ? {} : { atMost: bound };
    tell({ name: `${size}: ${name}`, value: p95, p50, unit: 'ms', ...atMost });
  };
  const ratio = (name: string, peer: Timing, own: Timing, bound?: number): void => {
    const atLeast = bound === undefined ? {} : { atLeast: bound };
    tell({ name: `${size}: ${name}`, value: peer.p50 / own.p50, unit: 'times', ...atLeast });
  };
  time('nested page of 100', pages.plain, held.plain);
  time('nested page of 100, filtered', pages.filtered, held.filtered);
  time('similar', analysis.similar, held.similar);
  time('causes ranked', analysis.causes, held.causes);
  time('@neo4j/graphql, a page in no order', pages.peerPlain);
  time('@neo4j/graphql, the same page', pages.peerPlainSorted);
  time('@neo4j/graphql, a filtered page in no order', pages.peerFiltered);
  time('@neo4j/graphql, the same filtered page', pages.peerFilteredSorted);
  const { plain, filtered } = pages;
  ratio('times faster, a page in no order there', pages.peerPlain, plain, timesFaster.plain);
  ratio('times faster, the same page', pages.peerPlainSorted, plain, timesFaster.plain);
  ratio('times faster, filtered, in no order there', pages.peerFiltered, filtered);
  ratio('times faster, filtered', pages.peerFilteredSorted, filtered, timesFaster.filtered);
}

const sizes = process.argv.slice(2).map(Number);
for (const machines of sizes.length > 0 ? sizes : [10_000, 100_000]) await measure(machines);
