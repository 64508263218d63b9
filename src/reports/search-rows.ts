import { kindDefinition, type Graph, type Kind, type RunOptions } from '../graph/index.js';
import { compileCells, type Search } from '../search/index.js';
import type { ReportRows } from './report.js';

type Path = readonly string[];

/** What people look at first. Kinds without an entry show all their own properties. */
const usualColumns: Readonly<Partial<Record<Kind, readonly Path[]>>> = {
  VirtualMachine: [
    ['name'],
    ['source'],
    ['powerState'],
    ['readiness'],
    ['cpuCount'],
    ['memoryMB'],
    ['diskCount'],
    ['diskCapacityBytes'],
    ['guestName'],
    ['ipAddress'],
    ['host', 'name'],
    ['host', 'cluster', 'name'],
    ['id'],
  ],
};

/** Every property of a kind, name and id around them. */
export const allColumns = (kind: Kind): readonly Path[] => [
  ['name'],
  ...Object.keys(kindDefinition(kind).properties)
    .filter((property) => property !== 'id')
    .map((property) => [property]),
  ['id'],
];

/** Columns that a report of the search shows when nobody chose any. */
export const reportColumns = (search: Search): readonly Path[] =>
  search.columns ?? usualColumns[search.kind] ?? allColumns(search.kind);

/** Rows of the objects of a search, in its order and then by id. Throws SearchError. */
export const searchRows = (
  graph: Graph,
  search: Search,
  columns: readonly Path[],
  options: RunOptions,
): ReportRows => ({
  columns: columns.map((path) => path.join('.')),
  // The only column of the query that compileCells makes.
  rows: graph.streamCompiled(compileCells(search, { columns }), options) as ReportRows['rows'],
});
