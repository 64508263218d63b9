import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { SourceError } from '../../collectors/sources/index.js';
import { diffSyncs } from '../../graph/index.js';
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
    const range = { source, from, to, ...(after === null ? {} : { after }) };
    const page: EntityDifference[] = [];
    for await (const difference of diffSyncs(graph, range, { signal })) {
      page.push(difference);
      if (page.length === limit) break;
    }
    return page;
  }
}
