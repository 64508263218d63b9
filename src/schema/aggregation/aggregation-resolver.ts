import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import {
  aggregateFunctions,
  compileAggregate,
  compileHistogram,
  parseSearch,
  SearchError,
  type Measure,
} from '../../search/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { bounded } from '../exploration/exploration-error.js';
import { AggregateGroup, HistogramBucket, MeasureInput } from './aggregation-types.js';

const mostGroups = 1_000;
const mostBuckets = 200;

const group = z.object({
  keys: z.array(z.unknown()),
  count: z.number(),
  values: z.array(z.number().nullable()),
});

const bucket = z.object({
  bucket: z.number(),
  count: z.number(),
  low: z.number(),
  high: z.number(),
});

const measureOf = (input: MeasureInput): Measure => {
  const known = aggregateFunctions.find((name) => name === input.function);
  if (known !== undefined) return { function: known, path: input.field.split('.') };
  throw new SearchError({
    what: 'There is no such figure',
    subject: input.function,
    why: `the figures are ${aggregateFunctions.join(', ')}`,
    remedy: 'Take one of them; the count is always there.',
  });
};

/** Every bucket of the whole width, those without an object too. */
const allBuckets = (
  rows: readonly z.output<typeof bucket>[],
  buckets: number,
): HistogramBucket[] => {
  const [first] = rows;
  if (first === undefined) return [];
  const width = (first.high - first.low) / buckets;
  const counts = new Map(rows.map((row) => [row.bucket, row.count]));
  const shown = width === 0 ? 1 : buckets;
  return Array.from({ length: shown }, (_, place) => ({
    from: first.low + place * width,
    to: place === shown - 1 ? first.high : first.low + (place + 1) * width,
    count: counts.get(place) ?? 0,
  }));
};

/** Figures over what a search finds. */
@Resolver()
export class AggregationResolver {
  @Query(() => [AggregateGroup], {
    description: 'Groups of what a search finds, the greatest first, with a count and figures.',
  })
  @NeedsRole('viewer')
  async aggregate(
    @Ctx() { graph, signal }: ApiContext,
    @Arg('search', () => String, { description: 'For instance: vms where readiness = "ready".' })
    search: string,
    @Arg('groupBy', () => [String], {
      defaultValue: [],
      description: 'Paths, for instance host.cluster.name. None: everything is one group.',
    })
    groupBy: string[],
    @Arg('measures', () => [MeasureInput], { defaultValue: [] }) measures: MeasureInput[],
    @Arg('first', () => Int, { defaultValue: 100, description: 'Groups, at most 1,000.' })
    first: number,
  ): Promise<AggregateGroup[]> {
    const compiled = compileAggregate(parseSearch(search), {
      groupBy: groupBy.map((path) => path.split('.')),
      measures: measures.map(measureOf),
      limit: bounded('first', first, mostGroups),
    });
    return z.array(group).parse(await graph.readCompiled(compiled, { signal }));
  }

  @Query(() => [HistogramBucket], {
    description: 'How a number is spread over what a search finds, in stretches of equal width.',
  })
  @NeedsRole('viewer')
  async histogram(
    @Ctx() { graph, signal }: ApiContext,
    @Arg('search', () => String) search: string,
    @Arg('field', () => String, { description: 'A path to a number over relationships to one.' })
    field: string,
    @Arg('buckets', () => Int, { defaultValue: 20, description: 'At most 200.' }) buckets: number,
  ): Promise<HistogramBucket[]> {
    const count = bounded('buckets', buckets, mostBuckets);
    const compiled = compileHistogram(parseSearch(search), field.split('.'), count);
    const rows = z.array(bucket).parse(await graph.readCompiled(compiled, { signal }));
    return allBuckets(rows, count);
  }
}
