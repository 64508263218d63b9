import { setTimeout as sleep } from 'node:timers/promises';
import { Router } from 'express';
import type { Graph } from '../../graph/index.js';
import { reportState } from '../../reports/index.js';

/** Longest that a readiness check waits for the database, in milliseconds. */
const patienceMs = 3_000;

const failLater = async (): Promise<never> => {
  await sleep(patienceMs, undefined, { ref: false });
  throw new Error('the database is slow');
};

/** `/healthz`: the process runs. `/readyz`: it can serve, which takes the database. */
export const healthRoutes = (graph: Graph): Router => {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    try {
      await Promise.race([reportState(graph), failLater()]);
      response.json({ status: 'ready' });
    } catch {
      response.status(503).json({ status: 'not ready' });
    }
  });
  return router;
};
