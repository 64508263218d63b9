import { z } from 'zod';
import { isKind, type Graph, type Kind } from '../../graph/index.js';
import { searchVersion, type Search } from '../ast.js';
import { Parameters } from '../parameters.js';
import { compileFilter } from '../compile-filter.js';
import { splitFullText } from '../full-text.js';
import { printSearch } from '../print-search.js';
import { SearchError } from '../search-error.js';
import {
  findSavedSearchQuery,
  listSavedSearchesQuery,
  removeSavedSearchQuery,
  saveSearchQuery,
  type SavedSearchRow,
} from './saved-search-queries.js';

/** A search that people keep under a name. */
export interface SavedSearch {
  /** Made from the name, so that a name stands for one search. */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly kind: Kind;
  /** The search in the language, for people to read. */
  readonly text: string;
  /** What is run. */
  readonly search: Search;
  /** Version of the form it was saved in. */
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly changedAt: string;
  readonly changedBy: string;
}

export interface SearchToSave {
  readonly name: string;
  readonly description?: string;
  readonly search: Search;
}

const storedSearch = z.object({
  kind: z.custom<Kind>((kind) => typeof kind === 'string' && isKind(kind)),
  // The compiler holds every part of a filter to the model, so its form is checked by compiling it.
  filter: z.custom<NonNullable<Search['filter']>>().optional(),
  orderBy: z.array(
    z.object({ path: z.array(z.string()), direction: z.enum(['ascending', 'descending']) }),
  ),
  limit: z.number().optional(),
  columns: z.array(z.array(z.string())).optional(),
});

const unusable = (row: SavedSearchRow, why: string): SearchError =>
  new SearchError({
    what: 'The saved search can no longer be run',
    subject: row.name,
    why,
    remedy: `Save it again; it read: ${row.text}`,
  });

const searchOf = (row: SavedSearchRow): Search => {
  if (row.version > searchVersion) {
    throw unusable(row, `it was saved by a newer version (form ${row.version})`);
  }
  const { filter, limit, columns, ...stored } = storedSearch.parse(JSON.parse(row.tree));
  const search: Search = {
    ...stored,
    ...(filter === undefined ? {} : { filter }),
    ...(limit === undefined ? {} : { limit }),
    ...(columns === undefined ? {} : { columns }),
  };
  const { rest } = splitFullText(search.filter);
  if (rest !== undefined) compileFilter(search.kind, 'n', rest, new Parameters());
  return search;
};

const savedSearch = (row: SavedSearchRow): SavedSearch => {
  const { id, name, description, text, version } = row;
  const { createdAt, createdBy, changedAt, changedBy } = row;
  const search = searchOf(row);
  const people = { createdAt, createdBy, changedAt, changedBy };
  return { id, name, description, kind: search.kind, text, search, version, ...people };
};

/** Id of the search of that name: names that differ in case or outer space only are one. */
export const savedSearchId = (name: string): string => name.trim().toLowerCase().normalize('NFC');

const checkedName = (name: string): string => {
  const trimmed = name.trim();
  if (trimmed !== '' && trimmed.length <= 200) return trimmed;
  throw new SearchError({
    what: 'The search needs a name',
    subject: trimmed.slice(0, 40),
    why: trimmed === '' ? 'the name is empty' : 'the name is longer than 200 letters',
    remedy: 'Give it a name of 1 to 200 letters.',
  });
};

/** Keeps a search under its name, replacing the one that had it. */
export const saveSearch = async (
  graph: Graph,
  { name, description, search }: SearchToSave,
  by: string,
): Promise<SavedSearch> => {
  const checked = checkedName(name);
  const id = savedSearchId(checked);
  await graph.write(saveSearchQuery, {
    id,
    name: checked,
    description: description ?? null,
    text: printSearch(search),
    tree: JSON.stringify(search),
    version: searchVersion,
    kind: search.kind,
    at: new Date().toISOString(),
    by,
  });
  return findSavedSearch(graph, id);
};

/** Saved searches in the order of their names, from after a name. */
export const listSavedSearches = async (
  graph: Graph,
  { after = '', limit = 100 }: { readonly after?: string; readonly limit?: number } = {},
): Promise<readonly SavedSearch[]> =>
  (await graph.read(listSavedSearchesQuery, { after, limit })).map(savedSearch);

/** The search of that id or name. Throws SearchError where there is none. */
export const findSavedSearch = async (graph: Graph, idOrName: string): Promise<SavedSearch> => {
  const [row] = await graph.read(findSavedSearchQuery, { id: savedSearchId(idOrName) });
  if (row !== undefined) return savedSearch(row);
  throw new SearchError({
    what: 'There is no saved search of that name',
    subject: idOrName,
    why: 'none was saved under it, or it was removed',
    remedy: 'List the saved searches and take one of them.',
  });
};

/** Removes a saved search; plans made from it keep their own copy. Says whether it was there. */
export const removeSavedSearch = async (graph: Graph, idOrName: string): Promise<boolean> =>
  (await graph.write(removeSavedSearchQuery, { id: savedSearchId(idOrName) })).length > 0;
