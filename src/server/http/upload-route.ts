import type { RequestHandler } from 'express';
import type { ApiServices } from '../../schema/services.js';
import { principalOf } from './authenticate.js';
import { requireAdmin } from './require-admin.js';

/** A body that brings nothing for so long is given up. */
const idleLimitMs = 120_000;

/**
 * POST /uploads: keeps the file in the body and answers `{"upload": name, "bytes": size}`. A source
 * of a kind that reads files names it in its configuration; nothing is read before that.
 */
export const uploadRoute =
  ({ uploads, audit }: ApiServices): RequestHandler =>
  async (request, response) => {
    const principal = principalOf(request);
    const action = { action: 'uploadFile', subject: 'upload' };
    await requireAdmin(audit, principal, action);
    request.setTimeout(idleLimitMs, () => request.destroy());
    const kept = await audit.audited(principal, action, () => uploads.keep(request));
    response.status(201).json(kept);
  };
