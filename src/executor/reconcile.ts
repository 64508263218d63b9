import type { Graph } from '../graph/index.js';
import { admit } from './admission.js';
import type { ExecutorConfiguration } from './configuration.js';
import type { MigrationQueue } from './migration-queue.js';
import { dueMachines, unsettledMigrations } from './queries/admission.js';
import { discardMigration, stalePreparations } from './queries/start.js';
import { settleMigration } from './queries/turn.js';

/** A run that is still in preparation after this long has lost its starter. */
const preparationMs = 10 * 60_000;

/**
 * Makes the queue agree with the graph, whatever happened to either: admits who may begin, gives
 * everybody who is under way a job, ends runs of which nobody is. Doing it again changes nothing.
 */
export async function reconcile(
  graph: Graph,
  queue: MigrationQueue,
  configuration: ExecutorConfiguration,
): Promise<void> {
  await admit(graph, configuration.limits);
  await queue.enqueue(await graph.read(dueMachines, {}));
  await endWhatIsOver(graph);
}

async function endWhatIsOver(graph: Graph): Promise<void> {
  for (const { id } of await graph.read(unsettledMigrations, {})) {
    await graph.write(settleMigration, { migration: id, now: new Date().toISOString() });
  }
  const before = new Date(Date.now() - preparationMs).toISOString();
  for (const { id } of await graph.read(stalePreparations, { before })) {
    await graph.write(discardMigration, { id });
  }
}
