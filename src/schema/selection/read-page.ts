import type { GraphQLResolveInfo } from 'graphql';
import type { Kind } from '../../graph/index.js';
import type { ApiContext } from '../api-context.js';
import { compilePage } from './compile-page.js';

/** Answers a root field that lists nodes of one kind, with one query. */
export const readPage = async (
  kind: Kind,
  { graph, largestPage, signal }: ApiContext,
  info: GraphQLResolveInfo,
  given: { readonly text?: string } = {},
): Promise<unknown> => {
  const { cypher, read } = compilePage(kind, info, largestPage, given.text);
  // A page of which only the type is asked for needs nothing from the database.
  return read(cypher.text === '' ? [] : await graph.readCompiled(cypher, { signal }));
};
