import { parseSearch } from '../../search/index.js';
import type { Graph, RunOptions } from '../../graph/index.js';
import { sheetColumns, sheetNames, type SheetName } from '../../collectors/rvtools/sheets.js';
import { searchRows } from '../search-rows.js';
import { exportedSources, type ExportedSource } from './exported-source.js';
import { graphSheetRows, type GraphSheetParts } from './graph-sheet.js';
import { machineSheets } from './machine-sheets.js';
import { placeSheets } from './place-sheets.js';
import { made, type PlannedColumn, type SheetPlan } from './sheet-plan.js';
import type { WorkbookCell } from './sheet-xml.js';
import { writeWorkbook, type WorkbookSheet } from './write-workbook.js';

const plans = new Map<SheetName, SheetPlan>(
  [...machineSheets, ...placeSheets].map((plan) => [plan.sheet, plan]),
);

/** Excel has 16,384 columns, and nobody reads so many. */
const mostAttributes = 500;

type Parts = GraphSheetParts & { readonly onRow: () => void };

/** Names of the custom attributes that machines of the sources have. */
async function attributeNames({ graph, sources, options }: Parts): Promise<readonly string[]> {
  const names = new Set<string>();
  const taken = new Set<string>(sheetColumns.vInfo);
  for (const kind of ['vms', 'templates']) {
    const filter = {
      type: 'oneOf',
      path: ['source'],
      values: sources.map(({ id }) => id),
    } as const;
    const search = { ...parseSearch(kind), filter };
    for await (const { cells } of searchRows(graph, search, [['customAttributes']], options).rows) {
      for (const attribute of cells.flat(2)) {
        const name = String(attribute ?? '').split('=')[0] ?? '';
        if (name !== '' && !taken.has(name) && names.size < mostAttributes) names.add(name);
      }
    }
  }
  return [...names].sort();
}

const attributeColumns = (names: readonly string[]): Readonly<Record<string, PlannedColumn>> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      made(['customAttributes'], (row) =>
        row
          .list('customAttributes')
          .find((attribute) => attribute.startsWith(`${name}=`))
          ?.slice(name.length + 1),
      ),
    ]),
  );

/** Custom attributes stand behind the annotation. */
const withAttributes = (names: readonly string[]): readonly string[] =>
  sheetColumns.vInfo.flatMap((title) => (title === 'Annotation' ? [title, ...names] : [title]));

async function* counted<T>(rows: AsyncIterable<T>, onRow: () => void): AsyncGenerator<T> {
  for await (const row of rows) {
    onRow();
    yield row;
  }
}

function graphSheet(plan: SheetPlan, parts: Parts, attributes: readonly string[]): WorkbookSheet {
  const { sheet: name } = plan;
  const isInfo = name === 'vInfo';
  const titles = isInfo ? withAttributes(attributes) : sheetColumns[name];
  const more = isInfo ? attributeColumns(attributes) : {};
  return {
    name,
    titles,
    rows: () => counted(graphSheetRows(plan, titles, parts, more), parts.onRow),
  };
}

const sourceRows = (sources: readonly ExportedSource[]): readonly Record<string, WorkbookCell>[] =>
  sources.map(({ server, uuid, product, version }) => ({
    Name: server,
    Fullname: product,
    Version: version,
    'Product name': product,
    'VI SDK Server': server,
    'VI SDK UUID': uuid,
  }));

/** The date of the data: the latest read of a source, so that equal estates give equal bytes. */
const latestRead = (sources: readonly ExportedSource[]): WorkbookCell => {
  const [latest] = sources
    .flatMap(({ readAt }) => readAt ?? [])
    .sort()
    .toReversed();
  return latest === undefined ? undefined : new Date(latest);
};

const metaRows = (sources: readonly ExportedSource[]): readonly Record<string, WorkbookCell>[] => [
  {
    'RVTools major version': 'OPAL',
    'RVTools version': 'OPAL',
    'xlsx creation datetime': latestRead(sources),
    Server: sources.map(({ server }) => server).join(', '),
  },
];

/** A sheet that is made of the sources; those of which the graph has nothing have titles alone. */
function plainSheet(name: SheetName, { sources, onRow }: Parts): WorkbookSheet {
  const titles = sheetColumns[name];
  const rows =
    name === 'vSource' ? sourceRows(sources) : name === 'vMetaData' ? metaRows(sources) : [];
  const cells = rows.map((row) => titles.map((title) => row[title]));
  return {
    name,
    titles,
    // eslint-disable-next-line @typescript-eslint/require-await -- the rows of a sheet are streamed
    rows: async function* () {
      for (const row of cells) {
        onRow();
        yield row;
      }
    },
  };
}

export interface RvtoolsWorkbook {
  /** Sources that it is made of. */
  readonly sources: readonly ExportedSource[];
  readonly body: AsyncIterable<Buffer>;
}

/**
 * The inventory as an RVTools workbook: all 27 sheets with their columns, streamed.
 *
 * @param source only this source.
 * @param onRow called for each row that was written.
 * @throws ReportError where no source has what a workbook holds.
 */
export async function rvtoolsWorkbook(
  graph: Graph,
  source: string | undefined,
  options: RunOptions,
  onRow: () => void,
): Promise<RvtoolsWorkbook> {
  const sources = await exportedSources(graph, source);
  const parts = { graph, sources, options, onRow };
  const attributes = await attributeNames(parts);
  const sheets = sheetNames.map((name) => {
    const plan = plans.get(name);
    return plan === undefined ? plainSheet(name, parts) : graphSheet(plan, parts, attributes);
  });
  return { sources, body: writeWorkbook(sheets) };
}
