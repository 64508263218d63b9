import type { Graph } from '../graph/index.js';
import { credentialsName } from './names/object-names.js';
import type { PlanOptions } from './record/options.js';
import { obstacleOf, type Obstacle } from './obstacle.js';
import { openBlockers } from './record/finding.js';
import type { PlannedMachine } from './record/plan.js';
import { allPlannedMachines, findPlan, type StoredPlan } from './record/plans.js';
import { readTarget } from './target/read-target.js';
import { blueprintsOf } from './validation/read-context.js';
import type { SourceEndpoint } from './virtual-machine/blueprint.js';
import { buildVirtualMachine } from './virtual-machine/build.js';
import { buildDataVolumes } from './virtual-machine/data-volumes.js';
import type { Manifest } from './virtual-machine/manifest.js';
import { renderYaml } from './virtual-machine/yaml.js';

/** A disk of a machine and the volume it goes to. */
export interface DiskWork {
  readonly key: number;
  readonly file: string;
  readonly capacityBytes: number;
  readonly dataVolume: Manifest;
}

/** All that a run needs to know about one machine. Holds no secret. */
export interface MachineWork {
  readonly plan: string;
  readonly planName: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly namespace: string;
  readonly targetName: string;
  readonly source: {
    readonly id: string;
    readonly externalId: string;
    readonly name: string;
    readonly uuid?: string;
    readonly host?: string;
    readonly cluster?: string;
    readonly datastores: string[];
    /** All disks of the machine when the plan was made, also those that stay behind. */
    readonly disks: Omit<DiskWork, 'dataVolume'>[];
  };
  readonly virtualMachine: Manifest;
  readonly disks: DiskWork[];
  readonly powerOff: PlanOptions['powerOff'];
  readonly shutdownTimeoutSeconds: number;
  readonly targetPower: 'asSource' | 'on' | 'off';
  readonly copy: 'vddk' | 'virt-v2v';
  readonly convertGuest: boolean;
  readonly secretName: string;
  readonly vddkImage?: string;
  readonly preHook?: NonNullable<PlanOptions['preHook']>;
  readonly postHook?: NonNullable<PlanOptions['postHook']>;
}

/** A plan as it is run. */
export interface RunnablePlan {
  readonly id: string;
  readonly name: string;
  /** What in its state keeps it from running; absent where nothing does. */
  readonly obstacle?: Obstacle;
  /** Findings that keep it from running, in sentences; empty where none does. */
  readonly blockers: readonly string[];
  readonly workOrders: readonly MachineWork[];
}

function blockersOf(plan: StoredPlan, machines: readonly PlannedMachine[]): string[] {
  const open = [
    ...openBlockers(plan.findings, plan.waivers, null),
    ...machines.flatMap(({ findings, entity }) => openBlockers(findings, plan.waivers, entity)),
  ];
  return open.map(
    ({ subject, what, why, remedy }) => `${subject.name}: ${what}: ${why}. ${remedy}`,
  );
}

function sourceOf({ facts }: PlannedMachine): MachineWork['source'] {
  const { id, externalId, name, uuid, host, disks } = facts;
  const datastores = disks.flatMap(({ datastore }) =>
    typeof datastore === 'string' ? [datastore] : [],
  );
  return {
    id,
    externalId,
    name,
    datastores: [...new Set(datastores)].sort(),
    disks: disks.flatMap(({ key, file, capacityBytes }) =>
      typeof key === 'number' ? [{ key, file: file ?? '', capacityBytes: capacityBytes ?? 0 }] : [],
    ),
    ...(typeof uuid === 'string' ? { uuid } : {}),
    ...(host === null || host === undefined ? {} : { host: host.id }),
    ...(typeof host?.cluster === 'string' ? { cluster: host.cluster } : {}),
  };
}

const targetPowers = { auto: 'asSource', on: 'on', off: 'off' } as const;

function workOf(
  plan: StoredPlan,
  machine: PlannedMachine,
  manifests: Pick<MachineWork, 'virtualMachine' | 'disks'>,
): MachineWork {
  const { options } = plan;
  const { choices, facts } = machine;
  return {
    plan: plan.id,
    planName: plan.name,
    sourceId: facts.source,
    targetId: plan.target,
    namespace: plan.namespace,
    targetName: choices.targetName,
    source: sourceOf(machine),
    ...manifests,
    powerOff: options.powerOff,
    shutdownTimeoutSeconds: options.shutdownTimeoutSeconds,
    targetPower: targetPowers[choices.power.value],
    copy: choices.copy.value,
    convertGuest: choices.conversion.value,
    secretName: credentialsName(plan.id, facts.id),
    ...(options.vddkImage === undefined ? {} : { vddkImage: options.vddkImage }),
    ...(options.preHook === undefined ? {} : { preHook: options.preHook }),
    ...(options.postHook === undefined ? {} : { postHook: options.postHook }),
  };
}

/**
 * A plan as it is run: the work for each machine, and what must not be overlooked.
 *
 * @param endpointOf where VDDK reads the disks of a source from; unknown ones are left out of the
 *   volumes, which then cannot be filled.
 * @throws PlanError where there is no such plan.
 */
export async function planForRun(
  graph: Graph,
  planId: string,
  endpointOf: (sourceId: string) => Promise<SourceEndpoint | undefined>,
): Promise<RunnablePlan> {
  const plan = await findPlan(graph, planId);
  const machines = await allPlannedMachines(graph, planId);
  const target = await readTarget(graph, plan.target, plan.namespace);
  const blueprintOf = blueprintsOf(plan, target);
  const sources = [...new Set(machines.map(({ facts }) => facts.source))];
  const endpoints = new Map(
    await Promise.all(sources.map(async (id) => [id, await endpointOf(id)] as const)),
  );
  const workOrders = machines.map((machine) => {
    const blueprint = blueprintOf(machine);
    const volumes = buildDataVolumes(blueprint, endpoints.get(machine.facts.source));
    const disks = volumes.map(({ disk, manifest }) => ({
      key: disk.key ?? 0,
      file: disk.file ?? '',
      capacityBytes: disk.capacityBytes ?? 0,
      dataVolume: manifest,
    }));
    return workOf(plan, machine, { virtualMachine: buildVirtualMachine(blueprint), disks });
  });
  const obstacle = await obstacleOf(graph, plan);
  return {
    id: plan.id,
    name: plan.name,
    ...(obstacle === undefined ? {} : { obstacle }),
    blockers: blockersOf(plan, machines),
    workOrders,
  };
}

/** Machines and volumes of a plan as YAML documents, one text a machine. */
export async function* exportPlanYaml(graph: Graph, planId: string): AsyncGenerator<string> {
  const plan = await findPlan(graph, planId);
  const target = await readTarget(graph, plan.target, plan.namespace);
  const blueprintOf = blueprintsOf(plan, target);
  for (const machine of await allPlannedMachines(graph, planId)) {
    yield renderYaml(blueprintOf(machine));
  }
}
