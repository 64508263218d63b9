import { z } from 'zod';
import { defineQuery, type Graph } from '../../graph/index.js';
import { labels } from '../../kubernetes/index.js';
import { volumeName } from '../names/object-names.js';
import type { PlannedMachine } from '../record/plan.js';
import type { StoredPlan } from '../record/plans.js';
import { namesInUse, readTarget } from '../target/read-target.js';
import type { TargetFacts } from '../target/target-facts.js';
import type { Blueprint } from '../virtual-machine/blueprint.js';
import type { SharedFile, ValidationContext } from './context.js';
import { migratedMachines } from './migrated-machines.js';
import type { LiveTarget } from './target-cluster.js';
import { volumesInUse } from './volumes-in-use.js';

export const otherPlansQuery = defineQuery({
  file: 'plan/other-plans',
  params: z.object({ plan: z.string(), entities: z.array(z.string()) }),
  row: z.object({ entity: z.string(), plans: z.array(z.string()) }),
});

export const macHoldersQuery = defineQuery({
  file: 'plan/mac-holders',
  params: z.object({
    target: z.string(),
    macs: z.array(z.string()),
    label: z.string(),
  }),
  row: z.object({ mac: z.string(), machines: z.array(z.string()) }),
});

export const machinesPresentQuery = defineQuery({
  file: 'plan/machines-present',
  params: z.object({ entities: z.array(z.string()) }),
  row: z.object({ entity: z.string() }),
});

export const handledMachinesQuery = defineQuery({
  file: 'plan/handled-machines',
  params: z.object({ plan: z.string(), entities: z.array(z.string()) }),
  row: z.object({ entity: z.string() }),
});

const peer = z.object({
  id: z.string(),
  name: z.string(),
  powerState: z.string().nullish(),
  inPlan: z.boolean(),
});

export const sharedFilesQuery = defineQuery({
  file: 'plan/shared-files',
  params: z.object({ entities: z.array(z.string()) }),
  row: z.object({ entity: z.string(), file: z.string(), peers: z.array(peer) }),
});

/** How blueprints of a plan's machines are made. */
export const blueprintsOf =
  (plan: StoredPlan, target: TargetFacts) =>
  (machine: PlannedMachine): Blueprint => ({
    planId: plan.id,
    planName: plan.name,
    namespace: plan.namespace,
    machine: machine.facts,
    choices: machine.choices,
    options: plan.options,
    mappings: { networks: plan.networks, storage: plan.storage },
    target,
  });

const macsOf = (machines: readonly PlannedMachine[]): string[] => [
  ...new Set(
    machines.flatMap(({ facts }) =>
      facts.nics.flatMap(({ mac }) => (typeof mac === 'string' ? [mac.toLowerCase()] : [])),
    ),
  ),
];

const volumeNamesOf = (machines: readonly PlannedMachine[]): string[] =>
  machines.flatMap(({ choices, facts }) =>
    facts.disks.map((_disk, index) => volumeName(choices.targetName, index)),
  );

/** Names of volumes that the plan would make and the namespace has, but for machines it handled. */
async function takenVolumesOf(
  graph: Graph,
  plan: StoredPlan,
  machines: readonly PlannedMachine[],
  live: LiveTarget,
): Promise<ReadonlyMap<string, string>> {
  const entities = machines.map(({ entity }) => entity);
  const rows = await graph.read(handledMachinesQuery, { plan: plan.id, entities });
  const handled = new Set(rows.map(({ entity }) => entity));
  const names = volumeNamesOf(machines.filter(({ entity }) => !handled.has(entity)));
  return volumesInUse(graph, plan, names, live);
}

async function sharedFilesOf(
  graph: Graph,
  entities: readonly string[],
): Promise<ReadonlyMap<string, readonly SharedFile[]>> {
  const files = new Map<string, SharedFile[]>();
  const rows = await graph.read(sharedFilesQuery, { entities: [...entities] });
  for (const { entity, file, peers } of rows) {
    files.set(entity, [...(files.get(entity) ?? []), { file, peers }]);
  }
  return files;
}

/** Reads all that validation looks at. */
export async function readContext(
  graph: Graph,
  plan: StoredPlan,
  machines: readonly PlannedMachine[],
  live: LiveTarget = {},
): Promise<ValidationContext> {
  const { id, target: targetId, namespace } = plan;
  const entities = machines.map(({ entity }) => entity);
  const label = `${labels.plan}=${id}`;
  const [target, present, takenNames, takenVolumes, macs, migrated, others, sharedFiles] =
    await Promise.all([
      readTarget(graph, targetId, namespace),
      graph.read(machinesPresentQuery, { entities }),
      namesInUse(graph, { target: targetId, namespace, plan: id }),
      takenVolumesOf(graph, plan, machines, live),
      graph.read(macHoldersQuery, { target: targetId, macs: macsOf(machines), label }),
      migratedMachines(graph, { plan: id, label, entities }),
      graph.read(otherPlansQuery, { plan: id, entities }),
      sharedFilesOf(graph, entities),
    ]);
  return {
    plan,
    machines,
    target,
    mappings: { networks: plan.networks, storage: plan.storage },
    present: new Set(present.map(({ entity }) => entity)),
    takenNames,
    takenVolumes,
    takenMacs: new Map(macs.map((row) => [row.mac, row.machines])),
    migrated,
    otherPlans: new Map(others.map(({ entity, plans }) => [entity, plans])),
    sharedFiles,
    blueprintOf: blueprintsOf(plan, target),
  };
}
