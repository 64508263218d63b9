import type { Graph, RunOptions } from '../../graph/query/graph.js';
import { compileSearch, type Filter } from '../../search/index.js';

/** Machines that an analysis is about: by their ids, or by a filter of the search language. */
export type MachineSelection = { readonly ids: readonly string[] } | { readonly filter: Filter };

/** Ids of the selected machines, or undefined where all are. */
export async function selectedIds(
  graph: Graph,
  selection: MachineSelection | undefined,
  options: RunOptions,
): Promise<readonly string[] | undefined> {
  if (selection === undefined) return undefined;
  if ('ids' in selection) return selection.ids;
  const cypher = compileSearch({
    kind: 'VirtualMachine',
    filter: selection.filter,
    orderBy: [],
  });
  const ids: string[] = [];
  for await (const { id } of graph.streamCompiled(cypher, options)) {
    if (typeof id === 'string') ids.push(id);
  }
  return ids;
}

/** 1 for each machine that is meant; ids that were never evaluated are left out. */
export function maskOf(
  numbers: ReadonlyMap<string, number>,
  ids: readonly string[] | undefined,
): Uint8Array {
  const mask = new Uint8Array(numbers.size);
  if (ids === undefined) return mask.fill(1);
  for (const id of ids) {
    const number = numbers.get(id);
    if (number !== undefined) mask[number] = 1;
  }
  return mask;
}
