import type { Graph } from '../graph/index.js';
import { credentialsName } from '../planner/names/object-names.js';
import type { PlannedMachine } from '../planner/record/plan.js';
import { allPlannedMachines, findPlan, type StoredPlan } from '../planner/record/plans.js';
import { PlanState } from '../planner/record/state.js';
import type { MachineFacts } from '../planner/source/machine-facts.js';
import { readTarget } from '../planner/target/read-target.js';
import type { Blueprint, SourceEndpoint } from '../planner/virtual-machine/blueprint.js';
import { buildVirtualMachine } from '../planner/virtual-machine/build.js';
import { buildDataVolumes, type PlannedVolume } from '../planner/virtual-machine/data-volumes.js';
import type { Connections, PlanForRun } from './ports.js';
import type { WorkOrder } from './work-order.js';

/**
 * A plan as the orders for its machines. Nothing of it is stored before `startMigration`.
 *
 * @throws PlanError where there is no such plan or its target is unknown; errors of the source
 *   where its certificate cannot be read, which importers have to be told.
 */
export async function readPlanForRun(
  graph: Graph,
  planId: string,
  connections: Pick<Connections, 'importerCredentials'>,
  signal: AbortSignal,
): Promise<PlanForRun> {
  const plan = await findPlan(graph, planId);
  const machines = await allPlannedMachines(graph, planId);
  const target = await readTarget(graph, plan.target, plan.namespace);
  const mappings = { networks: plan.networks, storage: plan.storage };
  const { id, name, namespace, options } = plan;
  const endpoints = await endpointsOf(machines, connections, signal);
  const workOrders = machines.map((planned) => {
    const { facts: machine, choices } = planned;
    const common = { planId: id, planName: name, namespace, options, mappings, target };
    return workOrder(plan, { ...common, machine, choices }, endpoints.get(machine.source));
  });
  return { id, name, blockers: blockersOf(plan), workOrders };
}

function blockersOf({ state, openBlockers }: StoredPlan): readonly string[] {
  if (state === PlanState.ready) return [];
  return [
    openBlockers > 0
      ? `${String(openBlockers)} blockers are neither solved nor waived`
      : `the plan is ${state} and has to be validated`,
  ];
}

/** Where the importers reach each source of the plan; no secret of the source goes along. */
async function endpointsOf(
  machines: readonly PlannedMachine[],
  connections: Pick<Connections, 'importerCredentials'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, SourceEndpoint>> {
  const endpoints = new Map<string, SourceEndpoint>();
  for (const source of new Set(machines.map(({ facts }) => facts.source))) {
    const { url, thumbprint } = await connections.importerCredentials(source, signal);
    endpoints.set(source, { url, thumbprint });
  }
  return endpoints;
}

function workOrder(
  plan: StoredPlan,
  blueprint: Blueprint,
  endpoint: SourceEndpoint | undefined,
): WorkOrder {
  const { machine, choices, options } = blueprint;
  return {
    plan: plan.id,
    planName: plan.name,
    sourceId: machine.source,
    targetId: plan.target,
    namespace: plan.namespace,
    targetName: choices.targetName,
    source: orderedSource(machine),
    virtualMachine: buildVirtualMachine(blueprint),
    disks: buildDataVolumes(blueprint, endpoint).map(orderedDisk),
    powerOff: options.powerOff,
    shutdownTimeoutSeconds: options.shutdownTimeoutSeconds,
    targetPower: choices.power.value === 'auto' ? 'asSource' : choices.power.value,
    copy: choices.copy.value,
    convertGuest: choices.conversion.value,
    secretName: credentialsName(plan.id, machine.id),
    ...(options.vddkImage === undefined ? {} : { vddkImage: options.vddkImage }),
    ...(options.preHook === undefined ? {} : { preHook: options.preHook }),
    ...(options.postHook === undefined ? {} : { postHook: options.postHook }),
  };
}

function orderedSource(machine: MachineFacts): WorkOrder['source'] {
  const { id, externalId, name, uuid, host, disks } = machine;
  const datastores = new Set(disks.flatMap(({ datastore }) => datastore ?? []));
  const cluster = host?.cluster ?? undefined;
  return {
    id,
    externalId,
    name,
    datastores: [...datastores],
    disks: disks.flatMap(({ key, file, capacityBytes }) =>
      typeof key === 'number' ? [{ key, file: file ?? '', capacityBytes: capacityBytes ?? 0 }] : [],
    ),
    ...(typeof uuid === 'string' ? { uuid } : {}),
    ...(host === null || host === undefined ? {} : { host: host.id }),
    ...(cluster === undefined ? {} : { cluster }),
  };
}

const orderedDisk = ({ disk, manifest }: PlannedVolume): WorkOrder['disks'][number] => ({
  key: disk.key ?? -1,
  file: disk.file ?? '',
  capacityBytes: disk.capacityBytes ?? 0,
  dataVolume: manifest,
});
