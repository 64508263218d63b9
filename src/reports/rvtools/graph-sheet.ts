import { pluralOf, parseSearch, type Search } from '../../search/index.js';
import type { Graph, Kind, RunOptions } from '../../graph/index.js';
import { searchRows } from '../search-rows.js';
import type { ExportedSource } from './exported-source.js';
import { GraphRow } from './graph-row.js';
import type { WorkbookCell } from './sheet-xml.js';
import type { PlannedColumn, SheetPlan } from './sheet-plan.js';

export interface GraphSheetParts {
  readonly graph: Graph;
  readonly sources: readonly ExportedSource[];
  readonly options: RunOptions;
}

const pathsOf = (column: PlannedColumn): readonly string[] =>
  typeof column === 'string' ? [column] : column.paths;

const cellOf = (column: PlannedColumn, row: GraphRow): WorkbookCell =>
  typeof column === 'string' ? row.value(column) : column.make(row);

/** All objects of a kind of the sources, in the order of their ids. */
function searchFor(kind: Kind, { only }: SheetPlan, sources: readonly ExportedSource[]): Search {
  const filters = [
    { type: 'oneOf', path: ['source'], values: sources.map(({ id }) => id) } as const,
    ...(only === undefined
      ? []
      : [{ type: 'compare', path: only.path, comparison: 'equals', value: only.value } as const]),
  ];
  return { ...parseSearch(pluralOf(kind)), filter: { type: 'and', filters } };
}

/**
 * Objects of the graph as rows of a sheet, each cell where its title stands.
 *
 * @param more columns beyond those of the plan.
 */
export async function* graphSheetRows(
  plan: SheetPlan,
  titles: readonly string[],
  { graph, sources, options }: GraphSheetParts,
  more: Readonly<Record<string, PlannedColumn>> = {},
): AsyncGenerator<readonly WorkbookCell[]> {
  const columns = { ...plan.columns, ...more };
  const paths = [
    ...new Set(['id', ...Object.values(columns).flatMap(pathsOf), ...(plan.spread?.paths ?? [])]),
  ];
  const places = new Map(paths.map((path, place) => [path, place]));
  const byId = new Map(sources.map((source) => [source.id, source]));
  const split = paths.map((path) => path.split('.'));
  for (const kind of plan.kinds) {
    const search = searchFor(kind, plan, sources);
    for await (const { cells } of searchRows(graph, search, split, options).rows) {
      const row = new GraphRow(cells, places, byId);
      const filled = new Map(
        Object.entries(columns).map(([title, column]) => [title, cellOf(column, row)]),
      );
      const spread = plan.spread === undefined ? [{}] : plan.spread.rows(row);
      for (const own of spread) {
        const all = new Map([...filled, ...Object.entries(own)]);
        yield titles.map((title) => all.get(title));
      }
    }
  }
}
