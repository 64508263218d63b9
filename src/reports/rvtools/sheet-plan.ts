import type { Kind } from '../../graph/index.js';
import type { SheetName } from '../../collectors/rvtools/sheets.js';
import type { GraphRow } from './graph-row.js';
import type { WorkbookCell } from './sheet-xml.js';

/** What stands in a column: the value at a path, or what is made of some. */
export type PlannedColumn =
  string | { readonly paths: readonly string[]; readonly make: (row: GraphRow) => WorkbookCell };

/** A sheet as objects of the graph. Columns without a plan are empty: the graph has nothing for them. */
export interface SheetPlan {
  readonly sheet: SheetName;
  /** Kinds whose objects are its rows, one kind after the other. */
  readonly kinds: readonly Kind[];
  /** Only objects with this value. */
  readonly only?: { readonly path: readonly string[]; readonly value: string };
  readonly columns: Readonly<Record<string, PlannedColumn>>;
  /** Rows of an object that stands in several, each as what differs from the row of the object. */
  readonly spread?: {
    readonly paths: readonly string[];
    readonly rows: (row: GraphRow) => readonly Readonly<Record<string, WorkbookCell>>[];
  };
}

export const made = (
  paths: readonly string[],
  make: (row: GraphRow) => WorkbookCell,
): PlannedColumn => ({ paths, make });

export const moment = (path: string): PlannedColumn => made([path], (row) => row.moment(path));
export const mebibytes = (path: string): PlannedColumn =>
  made([path], (row) => row.mebibytes(path));
export const ceiling = (path: string): PlannedColumn => made([path], (row) => row.ceiling(path));
export const joined = (path: string): PlannedColumn =>
  made([path], (row) => row.list(path).join(', '));
export const objectId = (path: string): PlannedColumn => made([path], (row) => row.objectId(path));

/** Columns that every row of a vCenter has. */
export const ofVCenter: Readonly<Record<string, PlannedColumn>> = {
  'VI SDK Server': made(['id'], (row) => row.server),
  'VI SDK UUID': made(['id'], (row) => row.vCenter),
};

/** First part of an inventory path. */
export const datacenterIn = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : path.split('/')[0];

/** The place of a host, with the way to it in front. */
export const ofHost = (prefix: string): Readonly<Record<string, PlannedColumn>> => {
  const [path, parent, parentId] = ['cluster.path', 'cluster.parent.name', 'cluster.parent.id'].map(
    (each) => `${prefix}${each}`,
  );
  const [name, variant] = ['cluster.name', 'cluster.variant'].map((each) => `${prefix}${each}`);
  return {
    Host: `${prefix}name`,
    Datacenter: made([path, parent, parentId].filter(isGiven), (row) =>
      datacenterOf(row, path ?? '', parent ?? '', parentId ?? ''),
    ),
    Cluster: made([name, variant].filter(isGiven), (row) =>
      row.text(variant ?? '') === 'standalone' ? undefined : row.text(name ?? ''),
    ),
  };
};

const isGiven = (path: string | undefined): path is string => path !== undefined;

/** By the inventory path; what was imported has none, and its datacenter right above it. */
export const datacenterOf = (
  row: GraphRow,
  path: string,
  parent: string,
  parentId: string,
): string | undefined =>
  datacenterIn(row.text(path)) ??
  (row.kind(parentId) === 'Datacenter' ? row.text(parent) : undefined);
