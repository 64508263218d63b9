import { z } from 'zod';
import type { Graph } from '../../graph/index.js';
import {
  ReportError,
  reportFormats,
  type ReportRequest,
  type WorkbookRequest,
} from '../../reports/index.js';
import { findSavedSearch, parseSearch, resolvePath, type Search } from '../../search/index.js';

const query = z.strictObject({
  report: z.string().max(100).optional(),
  search: z.string().max(10_000).optional(),
  saved: z.string().max(200).optional(),
  source: z.string().max(200).optional(),
  columns: z.string().max(4_000).optional(),
  format: z.enum([...reportFormats, 'xlsx']).optional(),
  bom: z.enum(['true', 'false']).default('false'),
});

const refuse = (subject: string, why: string, remedy: string): ReportError =>
  new ReportError({
    code: 'report.request.invalid',
    what: 'The export cannot be made as asked for',
    subject,
    why,
    remedy,
    retryable: false,
  });

/** A report as text, or the inventory as an RVTools workbook. */
export type ExportRequest =
  | { readonly type: 'report'; readonly request: ReportRequest }
  | { readonly type: 'workbook'; readonly request: WorkbookRequest };

/** The name under which the workbook is asked for, beside the reports. */
const workbookName = 'rvtools';

const columnsOf = (search: Search, text: string): readonly (readonly string[])[] =>
  text.split(',').map((column) => {
    const path = column.trim().split('.');
    resolvePath([search.kind], path);
    return path;
  });

const searchOf = async (
  graph: Graph,
  { search, saved }: { readonly search?: string | undefined; readonly saved?: string | undefined },
): Promise<Search | undefined> => {
  if (search !== undefined) return parseSearch(search);
  return saved === undefined ? undefined : (await findSavedSearch(graph, saved)).search;
};

/**
 * What an address like `/export?report=datastores&format=csv` or
 * `/export?search=vms where …&columns=name,host.name` asks for. Throws SearchError or ReportError.
 */
export const exportRequest = async (graph: Graph, given: unknown): Promise<ExportRequest> => {
  const parsed = query.safeParse(given);
  if (!parsed.success) {
    const why = z.prettifyError(parsed.error).replaceAll('\n', ' ');
    throw refuse(
      'the query of the address',
      why,
      'Use report, search or saved; columns, source, format, bom.',
    );
  }
  const { report, columns, source } = parsed.data;
  const narrowed = source === undefined ? {} : { source };
  const isWorkbook = report === workbookName;
  const format = parsed.data.format ?? (isWorkbook ? 'xlsx' : 'csv');
  const byteOrderMark = parsed.data.bom === 'true';
  if (byteOrderMark && format !== 'csv') {
    throw refuse('bom', `${format} has no byte-order mark`, 'Leave it out, or take csv.');
  }
  const ways = [report, parsed.data.search, parsed.data.saved].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    const why = ways.length === 0 ? 'nothing is named' : 'more than one thing is named';
    throw refuse('the query of the address', why, 'Name one of report, search and saved.');
  }
  if (isWorkbook !== (format === 'xlsx')) {
    const remedy = `Take xlsx for ${workbookName}, and ${reportFormats.join(', ')} for all else.`;
    throw refuse('format', `${report ?? 'a search'} has no form ${format}`, remedy);
  }
  if (format === 'xlsx') return { type: 'workbook', request: narrowed };
  if (report !== undefined) {
    const subject = { type: 'standard', name: report, ...narrowed } as const;
    return { type: 'report', request: { subject, format, byteOrderMark } };
  }
  const search = await searchOf(graph, parsed.data);
  if (search === undefined)
    throw refuse('the query of the address', 'nothing is named', 'Name one.');
  const chosen = columns === undefined ? {} : { columns: columnsOf(search, columns) };
  const subject = { type: 'search', search, ...chosen } as const;
  return { type: 'report', request: { subject, format, byteOrderMark } };
};
