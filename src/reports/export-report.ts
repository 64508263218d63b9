import { createHash } from 'node:crypto';
import type { Graph, RunOptions } from '../graph/index.js';
import { nearestName } from '../search/index.js';
import { csvEncoder } from './format/csv.js';
import { jsonEncoder, jsonLinesEncoder } from './format/json.js';
import type { ReportEncoder } from './format/report-encoder.js';
import { ReportError } from './report-error.js';
import { reportState } from './report-state.js';
import type {
  ReportCell,
  ReportFormat,
  ReportRequest,
  ReportRows,
  ReportSubject,
  ReportTrailer,
} from './report.js';
import { reportColumns, searchRows } from './search-rows.js';
import { standardReports } from './standard/standard-reports.js';

const rowsAtOnce = 500;

type MakeEncoder = (
  columns: readonly string[],
  options: { readonly byteOrderMark: boolean },
) => ReportEncoder;

const encoders: Readonly<Record<ReportFormat, MakeEncoder>> = {
  csv: csvEncoder,
  json: jsonEncoder,
  jsonl: jsonLinesEncoder,
};

/** An export under way: facts for the head of the answer, the bytes, and what to hold them to. */
export interface ReportExport {
  readonly contentType: string;
  readonly fileName: string;
  readonly columns: readonly string[];
  /** Sources with the number of the sync it is taken from. */
  readonly state: string;
  /** Equal for equal bytes: the same request over the same state. A strong HTTP entity tag. */
  readonly entityTag: string;
  /** Ends with an error where the inventory moved on meanwhile; the export is then not whole. */
  readonly body: AsyncIterable<Buffer>;
  /** Facts of the whole export; only after the body has ended well. */
  trailer(): ReportTrailer;
}

const standardRows = (
  graph: Graph,
  subject: Extract<ReportSubject, { type: 'standard' }>,
  options: RunOptions,
): ReportRows => {
  const report = standardReports.find(({ name }) => name === subject.name);
  if (report === undefined) {
    const names = standardReports.map(({ name }) => name);
    const suggestion = nearestName(subject.name, names);
    throw new ReportError({
      code: 'report.unknown',
      what: 'There is no report of that name',
      subject: subject.name,
      why: `the reports are ${names.join(', ')}`,
      remedy: suggestion === undefined ? 'Name one of them.' : `Did you mean '${suggestion}'?`,
      retryable: false,
    });
  }
  const rows = graph.stream(report.query, { source: subject.source ?? null }, options);
  return { columns: report.columns, rows };
};

const rowsOf = (graph: Graph, subject: ReportSubject, options: RunOptions): ReportRows => {
  if (subject.type === 'standard') return standardRows(graph, subject, options);
  const columns = subject.columns ?? reportColumns(subject.search);
  return searchRows(graph, subject.search, columns, options);
};

async function* inBatches(
  rows: ReportRows['rows'],
): AsyncGenerator<readonly (readonly ReportCell[])[]> {
  let batch: (readonly ReportCell[])[] = [];
  for await (const { cells } of rows) {
    batch.push(cells);
    if (batch.length < rowsAtOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What an export says whose inventory was not the same at its end. */
export const movedOn = (before: string, after: string): ReportError =>
  new ReportError({
    code: 'report.state.changed',
    what: 'The inventory moved on while it was exported',
    subject: after,
    why: `the export began at ${before === '' ? 'an empty inventory' : before}`,
    remedy: 'Export again.',
    retryable: true,
  });

/** Drops the first bytes of a stream, for a reader who has them already. */
export async function* skipBytes(
  body: AsyncIterable<Buffer>,
  count: number,
): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of body) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

const nameOf = (subject: ReportSubject): string =>
  subject.type === 'standard' ? subject.name : subject.search.kind;

/**
 * Streams a report with constant memory. `skip` leaves out the first bytes: an export over the
 * same state has the same bytes, so a broken one goes on where it broke. Throws SearchError or
 * ReportError before the first byte, where the request cannot be served.
 */
export const exportReport = async (
  graph: Graph,
  { subject, format, byteOrderMark = false }: ReportRequest,
  { skip = 0, ...options }: RunOptions & { readonly skip?: number } = {},
): Promise<ReportExport> => {
  const state = await reportState(graph);
  const { columns, rows } = rowsOf(graph, subject, options);
  const encoder = encoders[format](columns, { byteOrderMark });
  const hash = createHash('sha256');
  let count = 0;
  let trailer: ReportTrailer | undefined;
  const checked = (text: string): Buffer => {
    const chunk = Buffer.from(text, 'utf8');
    hash.update(chunk);
    return chunk;
  };
  async function* encode(): AsyncGenerator<Buffer> {
    yield checked(encoder.begin());
    for await (const batch of inBatches(rows)) {
      yield checked(encoder.rows(batch, count === 0));
      count += batch.length;
    }
    yield checked(encoder.end());
    const after = await reportState(graph);
    if (after !== state) throw movedOn(state, after);
    trailer = { rows: count, sha256: hash.digest('hex') };
    if (encoder.trailer !== undefined) yield Buffer.from(encoder.trailer({ ...trailer, state }));
  }
  const tag = createHash('sha256')
    .update(JSON.stringify([state, format, subject, byteOrderMark]))
    .digest('hex');
  return {
    contentType: encoder.contentType,
    fileName: `opal-${nameOf(subject)}.${encoder.ending}`,
    columns,
    state,
    entityTag: `"${tag.slice(0, 32)}"`,
    body: skip === 0 ? encode() : skipBytes(encode(), skip),
    trailer: () => {
      if (trailer !== undefined) return trailer;
      throw new ReportError({
        what: 'The export has not ended',
        subject: nameOf(subject),
        why: 'its trailer is known after the last byte only',
        remedy: 'Read the body to its end first.',
        retryable: false,
      });
    },
  };
};
