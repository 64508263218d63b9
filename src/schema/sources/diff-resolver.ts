import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { listSyncs } from '../../collectors/engine/index.js';
import { SourceError } from '../../collectors/sources/index.js';
import { diffSyncs, type Graph } from '../../graph/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { listSize } from '../paging/page-request.js';
import { EntityDifference } from './diff-types.js';

const reversedRange = (from: number, to: number): SourceError =>
  new SourceError({
    code: 'source.diff.range',
    what: 'Two syncs are compared from the earlier to the later',
    subject: 'from and to',
    why: `from is ${from} and to is ${to}`,
    remedy: 'Give the number of the earlier sync in from; syncs(source) lists them',
    retryable: false,
  });

const syncsNamed = 10;

/** Before the first sync there was nothing, with which every sync can be compared. */
const beforeAnySync = 0;

/** Refuses a number that no sync of the source has: its answer would look like one. */
const requireSyncs = async (
  graph: Graph,
  source: string,
  numbers: readonly number[],
): Promise<void> => {
  const known = async (before: number, limit: number): Promise<number[]> =>
    (await graph.read(listSyncs, { source, before, limit })).map(({ number }) => number);
  for (const number of numbers) {
    if (number === beforeAnySync) continue;
    if ((await known(number + 1, 1)).includes(number)) continue;
    const latest = await known(Number.MAX_SAFE_INTEGER, syncsNamed);
    throw new SourceError({
      code: 'source.sync.unknown',
      what: 'There is no such sync',
      subject: `${source}#${number}`,
      why:
        latest.length === 0
          ? 'the source was never read'
          : `the latest of the source are ${latest.toReversed().join(', ')}`,
      remedy: 'Take two of their numbers; syncs(source) lists all',
      retryable: false,
    });
  }
};

@Resolver()
export class DiffResolver {
  @Query(() => [EntityDifference], {
    description: 'What came, changed and went between two syncs of a source, in the order of ids.',
  })
  @NeedsRole('viewer')
  async diff(
    @Ctx() { graph, services, largestPage, signal }: ApiContext,
    @Arg('source', () => ID) source: string,
    @Arg('from', () => Int, { description: 'Number of a sync; the state after it.' }) from: number,
    @Arg('to', () => Int, { description: 'Number of a later sync.' }) to: number,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => ID, {
      nullable: true,
      defaultValue: null,
      description: 'Last object of the page before.',
    })
    after: string | null,
  ): Promise<EntityDifference[]> {
    const limit = listSize(first, largestPage);
    if (from >= to) throw reversedRange(from, to);
    await services.sources.get(source);
    await requireSyncs(graph, source, [from, to]);
    const range = { source, from, to, ...(after === null ? {} : { after }) };
    const page: EntityDifference[] = [];
    for await (const difference of diffSyncs(graph, range, { signal })) {
      page.push(difference);
      if (page.length === limit) break;
    }
    return page;
  }
}
