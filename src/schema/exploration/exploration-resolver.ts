import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Int, Query, Resolver } from 'type-graphql';
import { fullTextIndexName } from '../../graph/index.js';
import { luceneQuery, parseSearch } from '../../search/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { optional } from '../optional-argument.js';
import { declareArguments } from '../declare.js';
import { pageArgumentList } from '../inventory/connection-types.js';
import { nodeConnection, nodeInterface } from '../inventory/kind-types.js';
import { readNodes } from '../selection/read-nodes.js';
import { readPage } from '../selection/read-page.js';
import { bounded, ExplorationError, outOfBounds } from './exploration-error.js';
import { requireNodes } from './require-nodes.js';
import { fullText, neighbours, shortestPaths, simplePaths } from './exploration-queries.js';
import {
  Direction,
  GraphPath,
  NeighbourPage,
  PathChoice,
  Subgraph,
  TextMatch,
  TreePage,
} from './exploration-types.js';
import { readTree, Tree } from './inventory-tree.js';
import { readSubgraph } from './read-subgraph.js';
import { checkedTypes } from './relationship-types.js';

const types = {
  ...optional,
  description: 'Only relationships of these types; all if left out.',
} as const;

/** Paths and expansions grow fast; what takes longer than this is not what a person meant. */
const patienceMs = 15_000;

const mostIds = 1_000;

/** Ways through the graph that no single kind owns. */
@Resolver()
export class ExplorationResolver {
  @Query(() => nodeInterface, { nullable: true, description: 'Whatever has this id.' })
  @NeedsRole('viewer')
  async node(
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('id', () => ID) id: string,
  ): Promise<unknown> {
    const [node] = await readNodes([id], context, info);
    return node ?? null;
  }

  @Query(() => [nodeInterface], {
    nullable: 'items',
    description: 'Whatever has these ids, in their order; null for an id of nothing.',
  })
  @NeedsRole('viewer')
  async nodes(
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('ids', () => [ID], { description: 'At most 1,000.' }) ids: string[],
  ): Promise<unknown[]> {
    if (ids.length > mostIds) throw outOfBounds('ids', ids.length, mostIds);
    return readNodes(ids, context, info);
  }

  @Query(() => nodeConnection, {
    description: 'A search over whatever kind it names: hosts where inMaintenanceMode = true.',
  })
  @NeedsRole('viewer')
  search(
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('text', () => String) text: string,
  ): Promise<unknown> {
    return readPage(parseSearch(text).kind, context, info, { text });
  }

  @Query(() => [TextMatch], {
    description: 'Looks for words in names, addresses, notes and tags, best first.',
  })
  @NeedsRole('viewer')
  fullText(
    @Ctx() { graph, signal }: ApiContext,
    @Arg('text', () => String) text: string,
    @Arg('first', () => Int, { defaultValue: 20, description: 'At most 200.' }) first: number,
  ): Promise<TextMatch[]> {
    const query = luceneQuery(text);
    const limit = bounded('first', first, 200);
    if (query === '') return Promise.resolve([]);
    return graph.read(fullText, { index: fullTextIndexName, query, limit }, { signal });
  }

  @Query(() => NeighbourPage, { description: 'What stands next to a node.' })
  @NeedsRole('viewer')
  async neighbours(
    @Ctx() { graph, signal, largestPage }: ApiContext,
    @Arg('id', () => ID) id: string,
    @Arg('relationshipTypes', () => [String], types) given: string[] | null,
    @Arg('direction', () => Direction, { defaultValue: Direction.BOTH }) direction: Direction,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, optional) after: string | null,
  ): Promise<NeighbourPage> {
    const size = bounded('first', first, largestPage);
    const params = {
      id,
      types: checkedTypes(given),
      direction,
      after: after ?? '',
      limit: size + 1,
    };
    const rows = await graph.read(neighbours, params, { signal });
    if (rows.length === 0) await requireNodes(graph, [id], { signal });
    const page = rows.slice(0, size).map(({ key, relationship, outgoing, ...node }) => ({
      cursor: key,
      relationship,
      outgoing,
      node,
    }));
    return {
      neighbours: page,
      hasNextPage: rows.length > size,
      endCursor: page.at(-1)?.cursor ?? null,
    };
  }

  @Query(() => [GraphPath], { description: 'Ways from one node to another, shortest first.' })
  @NeedsRole('viewer')
  async paths(
    @Ctx() { graph, signal }: ApiContext,
    @Arg('from', () => ID) from: string,
    @Arg('to', () => ID) to: string,
    @Arg('choice', () => PathChoice, { defaultValue: PathChoice.SHORTEST }) choice: PathChoice,
    @Arg('relationshipTypes', () => [String], types) given: string[] | null,
    @Arg('longest', () => Int, { defaultValue: 4, description: 'Of simple paths, at most 6.' })
    longest: number,
    @Arg('first', () => Int, { defaultValue: 20, description: 'At most 200.' }) first: number,
  ): Promise<GraphPath[]> {
    if (from === to) {
      throw new ExplorationError({
        code: 'exploration.path.same',
        what: 'A path leads from one node to another',
        subject: from,
        why: 'both ends are the same node',
        remedy: 'Give two nodes, or use neighbours',
        retryable: false,
      });
    }
    const ends = { from, to, types: checkedTypes(given), limit: bounded('first', first, 200) };
    const options = { signal, timeoutMs: patienceMs };
    const most = bounded('longest', longest, 6);
    const found =
      choice === PathChoice.SHORTEST
        ? await graph.read(shortestPaths, ends, options)
        : await graph.read(simplePaths, { ...ends, longest: most }, options);
    if (found.length === 0) await requireNodes(graph, [from, to], { signal });
    return found;
  }

  @Query(() => Subgraph, {
    description: 'What is around some nodes, up to a depth and a number of nodes.',
  })
  @NeedsRole('viewer')
  subgraph(
    @Ctx() { graph, signal }: ApiContext,
    @Arg('ids', () => [ID], { description: 'At most 1,000, and no more than limit.' })
    ids: string[],
    @Arg('relationshipTypes', () => [String], types) given: string[] | null,
    @Arg('depth', () => Int, { defaultValue: 1, description: 'At most 5.' }) depth: number,
    @Arg('limit', () => Int, { defaultValue: 200, description: 'Nodes in all, at most 2,000.' })
    limit: number,
  ): Promise<Subgraph> {
    const most = bounded('limit', limit, 2_000);
    bounded('ids', ids.length, Math.min(mostIds, most));
    const request = {
      ids,
      types: checkedTypes(given),
      depth: bounded('depth', depth, 5),
      limit: most,
    };
    return readSubgraph(graph, request, { signal, timeoutMs: patienceMs });
  }

  @Query(() => TreePage, {
    description: 'What one place of an inventory tree holds; the tops where no parent is given.',
  })
  @NeedsRole('viewer')
  tree(
    @Ctx() { graph, signal, largestPage }: ApiContext,
    @Arg('tree', () => Tree) tree: Tree,
    @Arg('parent', () => ID, optional) parent: string | null,
    @Arg('source', () => ID, optional) source: string | null,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, optional) after: string | null,
  ): Promise<TreePage> {
    const size = bounded('first', first, largestPage);
    return readTree(graph, { tree, parent, source, first: size, after }, { signal });
  }
}

// Read where the selection is compiled, as every connection's are.
declareArguments(ExplorationResolver, 'search', pageArgumentList, 3);
