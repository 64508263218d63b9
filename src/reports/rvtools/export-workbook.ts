import { createHash } from 'node:crypto';
import type { Graph, RunOptions } from '../../graph/index.js';
import { movedOn, skipBytes, type ReportExport } from '../export-report.js';
import { ReportError } from '../report-error.js';
import { reportState } from '../report-state.js';
import type { ReportTrailer } from '../report.js';
import { rvtoolsWorkbook } from './rvtools-workbook.js';

/** Which inventory to export. */
export interface WorkbookRequest {
  /** Only this source. */
  readonly source?: string;
}

const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Streams the inventory as an RVTools workbook with constant memory. Two exports of one state have
 * the same bytes, so `skip` lets a broken one go on where it broke, as with every report.
 *
 * @throws ReportError where no source has what a workbook holds.
 */
export async function exportWorkbook(
  graph: Graph,
  { source }: WorkbookRequest,
  { skip = 0, ...options }: RunOptions & { readonly skip?: number } = {},
): Promise<ReportExport> {
  const state = await reportState(graph);
  const hash = createHash('sha256');
  let rows = 0;
  let trailer: ReportTrailer | undefined;
  const workbook = await rvtoolsWorkbook(graph, source, options, () => {
    rows += 1;
  });
  async function* checked(): AsyncGenerator<Buffer> {
    for await (const chunk of workbook.body) {
      hash.update(chunk);
      yield chunk;
    }
    const after = await reportState(graph);
    if (after !== state) throw movedOn(state, after);
    trailer = { rows, sha256: hash.digest('hex') };
  }
  const tag = createHash('sha256')
    .update(JSON.stringify([state, 'rvtools', source ?? null]))
    .digest('hex');
  return {
    contentType,
    fileName: source === undefined ? 'opal-rvtools.xlsx' : `opal-rvtools-${source}.xlsx`,
    columns: [],
    state,
    entityTag: `"${tag.slice(0, 32)}"`,
    body: skip === 0 ? checked() : skipBytes(checked(), skip),
    trailer: () => {
      if (trailer !== undefined) return trailer;
      throw new ReportError({
        what: 'The export has not ended',
        subject: 'rvtools',
        why: 'its trailer is known after the last byte only',
        remedy: 'Read the body to its end first.',
        retryable: false,
      });
    },
  };
}
