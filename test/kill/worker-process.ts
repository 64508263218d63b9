import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { startWorker, type MomentReached } from '../../src/executor/index.js';
import { openGraph } from '../../src/graph/index.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { labConnections } from '../executor/lab-connections.js';
import { workerTaskSchema } from './worker-task.js';

/** Entry point of a worker that dies by SIGKILL, or falls asleep, at the moments it is told. */
const task = workerTaskSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));

const met = new Set(
  existsSync(task.diary) ? readFileSync(task.diary, 'utf8').split('\n').filter(Boolean) : [],
);

function stopIfTold({ machine, step, moment }: MomentReached): Promise<void> {
  const point = `${step}/${moment}`;
  const line = `${machine} ${point}`;
  const mortal = task.deaths[machine]?.includes(point) === true;
  if ((mortal || task.naps[machine]?.includes(point) === true) && !met.has(line)) {
    met.add(line);
    appendFileSync(task.diary, `${line}\n`, { flush: true });
    process.kill(process.pid, mortal ? 'SIGKILL' : 'SIGSTOP');
  }
  return Promise.resolve();
}

const connections = labConnections(task);
const graph = await openGraph(task.neo4j);
const worker = await startWorker({
  graph,
  redisUrl: task.redisUrl,
  connections,
  events: { publish: () => undefined },
  logger: createLogger(process.env.OPAL_TEST_LOG === undefined ? 'silent' : 'info'),
  config: task.config,
  observer: stopIfTold,
});
// Without the test that started it nobody would end it.
process.once('disconnect', () => process.exit(1));
process.once('SIGTERM', () => {
  void (async () => {
    await worker.close();
    await connections.close();
    await graph.close();
    process.exit(0);
  })();
});
process.send?.('ready');
