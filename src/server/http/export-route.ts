import type { Request, RequestHandler, Response } from 'express';
import { once } from 'node:events';
import type { Logger } from 'pino';
import { OpalError } from '../../errors/opal-error.js';
import type { Graph, RunOptions } from '../../graph/index.js';
import { exportReport, exportWorkbook, type ReportExport } from '../../reports/index.js';
import { exportRequest, type ExportRequest } from './export-request.js';

/** A reader that takes nothing for so long is gone, and the query behind it ends. */
const idleLimitMs = 120_000;

/** First byte that is asked for, where the reader has the bytes before it of this very export. */
const firstByte = (request: Request, entityTag: string): number => {
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const condition = request.headers['if-range'];
  if (range === null || (condition !== undefined && condition !== entityTag)) return 0;
  return Number(range[1]);
};

const begin = (
  graph: Graph,
  wanted: ExportRequest,
  options: RunOptions & { readonly skip?: number },
): Promise<ReportExport> =>
  wanted.type === 'workbook'
    ? exportWorkbook(graph, wanted.request, options)
    : exportReport(graph, wanted.request, options);

const writeHead = (response: Response, report: ReportExport, skip: number): void => {
  response.status(skip === 0 ? 200 : 206);
  response.setHeader('content-type', report.contentType);
  response.setHeader('content-disposition', `attachment; filename="${report.fileName}"`);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('etag', report.entityTag);
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('x-opal-state', encodeURIComponent(report.state));
  response.setHeader('trailer', 'x-opal-rows, x-opal-sha256');
  if (skip > 0) response.setHeader('content-range', `bytes ${String(skip)}-*/*`);
};

/** Writes with back-pressure. An error on the way breaks the connection off, so that it shows. */
const writeBody = async (
  response: Response,
  report: ReportExport,
  signal: AbortSignal,
): Promise<void> => {
  for await (const chunk of report.body) {
    if (!response.write(chunk)) await once(response, 'drain', { signal });
  }
  const { rows, sha256 } = report.trailer();
  response.addTrailers({ 'x-opal-rows': String(rows), 'x-opal-sha256': sha256 });
  response.end();
};

const statusOf = (error: OpalError): number => {
  if (error.code === 'report.unknown') return 404;
  if (error.code.startsWith('search.') || error.code.startsWith('report.')) return 400;
  return error.retryable ? 503 : 500;
};

const answerError = (
  response: Response,
  error: unknown,
  { logger, readerLeft }: { readonly logger: Logger; readonly readerLeft: boolean },
): void => {
  if (readerLeft) {
    logger.info('a reader left before the end of an export');
    return;
  }
  if (response.headersSent) {
    logger.warn({ err: error }, 'an export broke off');
    response.destroy();
    return;
  }
  if (!(error instanceof OpalError)) {
    logger.error({ err: error }, 'an export failed');
    response
      .status(500)
      .json({ errors: [{ message: 'The export failed; see the log of the server.' }] });
    return;
  }
  const { message, code, what, subject, why, remedy, retryable } = error;
  const extensions = { code, what, subject, why, remedy, retryable };
  response.status(statusOf(error)).json({ errors: [{ message, extensions }] });
};

/**
 * GET /export: a report as a stream. The trailers x-opal-rows and x-opal-sha256 come only with a
 * whole one. A broken download goes on with `Range: bytes=N-` and `If-Range` of its entity tag,
 * as `curl -C -` does it, for as long as the inventory stays as it was.
 */
export const exportRoute =
  (graph: Graph, logger: Logger): RequestHandler =>
  async (request, response) => {
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    response.setTimeout(idleLimitMs, () => response.destroy());
    try {
      const wanted = await exportRequest(graph, request.query);
      const { signal } = gone;
      const whole = await begin(graph, wanted, { signal });
      const skip = firstByte(request, whole.entityTag);
      const report = skip === 0 ? whole : await begin(graph, wanted, { signal, skip });
      writeHead(response, report, skip);
      await writeBody(response, report, signal);
    } catch (error) {
      answerError(response, error, { logger, readerLeft: gone.signal.aborted });
    }
  };
