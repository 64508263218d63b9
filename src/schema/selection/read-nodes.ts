import type { GraphQLResolveInfo } from 'graphql';
import { isEntityKind, type Kind } from '../../graph/index.js';
import { Parameters } from '../../search/index.js';
import type { ApiContext } from '../api-context.js';
import type { Decode } from './compilation.js';
import { startCompilation } from './compile-node.js';

/** Kind of a node by its id: `<source>/<kind>/…`, `<rule>@…` of a cause, else that of a concern. */
const kindOfId = (id: string): Kind => {
  const [first = '', kind = ''] = id.split('/');
  if (first.includes('@')) return 'Cause';
  return isEntityKind(kind) ? kind : 'Concern';
};

/** Nodes by their ids, in the order of the ids, null where there is none; one query for all. */
export const readNodes = async (
  ids: readonly string[],
  { graph, largestPage, signal }: ApiContext,
  info: GraphQLResolveInfo,
): Promise<unknown[]> => {
  const document = {
    schema: info.schema,
    fragments: info.fragments,
    variableValues: info.variableValues,
  };
  const parameters = new Parameters();
  const compilation = startCompilation(document, parameters, largestPage);
  const groups = new Map<Kind, string[]>();
  for (const id of ids) {
    const kind = kindOfId(id);
    groups.set(kind, [...(groups.get(kind) ?? []), id]);
  }
  const parts = [...groups].map(([kind, wanted]) => {
    const node = compilation.node([kind], 'n', info.fieldNodes);
    const text = [
      `MATCH (n:${kind}) WHERE n.id IN ${parameters.add(wanted)}`,
      ...node.matches,
      `RETURN n.id AS id, '${kind}' AS kind, ${node.text} AS node`,
    ].join('\n');
    return { kind, text, decode: node.decode };
  });
  if (parts.length === 0) return [];
  const text = parts.map((part) => part.text).join('\nUNION ALL\n');
  const rows = await graph.readCompiled({ text, parameters: parameters.values }, { signal });
  const decoders = new Map<string, Decode>(parts.map(({ kind, decode }) => [kind, decode]));
  const found = new Map(
    rows.map(({ id, kind, node }) => [String(id), decoders.get(String(kind))?.(node) ?? null]),
  );
  return ids.map((id) => found.get(id) ?? null);
};
