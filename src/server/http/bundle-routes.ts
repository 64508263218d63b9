import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import type { ApiServices } from '../../schema/services.js';
import { abortWhenGone } from './abort-when-gone.js';
import { principalOf } from './authenticate.js';
import { RequestError } from './request-error.js';
import { requireAdmin } from './require-admin.js';

const recordQuery = z.strictObject({ pseudonymKey: z.string().min(8).max(200).optional() });
const replayQuery = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200).optional(),
});

/** Larger ones are refused while they arrive; some 100,000 machines make 1 GiB. */
const largestBundle = 4 * 1024 ** 3;

const parsedQuery = <T>(schema: z.ZodType<T>, given: unknown): T => {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new RequestError(z.prettifyError(parsed.error).replaceAll('\n', ' '));
};

/** GET /bundles/<source>: what the source answers now, as a bundle. */
const recordRoute =
  ({ bundles, audit }: ApiServices): RequestHandler =>
  async (request: Request, response: Response) => {
    const principal = principalOf(request);
    const source = z.string().parse(request.params.source);
    const action = { action: 'recordSource', subject: source };
    await requireAdmin(audit, principal, action);
    const { pseudonymKey } = parsedQuery(recordQuery, request.query);
    response.setHeader('content-type', 'application/gzip');
    response.setHeader('content-disposition', `attachment; filename="${source}.opal.gz"`);
    try {
      await audit.audited(principal, action, () =>
        bundles.record(source, response, abortWhenGone(response), pseudonymKey),
      );
    } catch (error) {
      if (!response.headersSent) {
        response.removeHeader('content-type');
        response.removeHeader('content-disposition');
        throw error;
      }
      // A bundle that broke off has no trailer and no clean end, so that nobody takes it for whole.
      response.destroy();
    }
  };

async function* bounded(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    if (received > largestBundle) throw new RequestError('the bundle is larger than 4 GiB');
    yield chunk;
  }
}

/** POST /bundles?id=…: loads the bundle in the body as a source. */
const replayRoute =
  ({ bundles, audit }: ApiServices): RequestHandler =>
  async (request: Request, response: Response) => {
    const principal = principalOf(request);
    await requireAdmin(audit, principal, {
      action: 'replayBundle',
      subject: typeof request.query.id === 'string' ? request.query.id : '',
    });
    const { id, name = id } = parsedQuery(replayQuery, request.query);
    const folder = await mkdtemp(join(tmpdir(), 'opal-bundle-'));
    const path = join(folder, 'bundle');
    try {
      await pipeline(bounded(request), createWriteStream(path, { mode: 0o600 }));
      const action = { action: 'replayBundle', subject: id };
      const report = await audit.audited(principal, action, () =>
        bundles.replay(path, { id, name }),
      );
      response.json({
        source: id,
        sync: report.sync,
        status: report.status,
        counts: report.counts,
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

/** Bundles: recordings of sources. */
export const bundleRoutes = (services: ApiServices): Router => {
  const routes = Router();
  routes.get('/bundles/:source', recordRoute(services));
  routes.post('/bundles', replayRoute(services));
  return routes;
};
