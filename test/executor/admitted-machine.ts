import { admit } from '../../src/executor/admission.js';
import { executorConfigurationSchema } from '../../src/executor/configuration.js';
import type { WorkOrder } from '../../src/executor/index.js';
import type { Graph } from '../../src/graph/index.js';
import { onlyMachine, startRun } from './migration-lab.js';

/** Starts a run of one machine and lets it begin; no worker takes it up. */
export async function admittedMachine(
  graph: Graph,
  order: WorkOrder,
): Promise<{ readonly migration: string; readonly machine: string }> {
  const migration = await startRun(graph, [order]);
  await admit(graph, executorConfigurationSchema.parse({}).limits);
  return { migration, machine: (await onlyMachine(graph, migration)).id };
}
