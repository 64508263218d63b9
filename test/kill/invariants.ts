import {
  machineEffects,
  machineProgress,
  type MachineProgress,
  type SourceControl,
  type WorkOrder,
} from '../../src/executor/index.js';
import type { Graph } from '../../src/graph/index.js';
import { resources, type Cluster, type Resource } from '../../src/kubernetes/index.js';

export interface Aftermath {
  readonly graph: Graph;
  readonly cluster: Cluster;
  readonly source: SourceControl;
  readonly migration: string;
  readonly namespace: string;
  readonly orders: readonly WorkOrder[];
}

async function namesIn(
  { cluster, namespace }: Aftermath,
  resource: Resource,
): Promise<readonly string[]> {
  const { objects } = await cluster.list(resource, { namespace });
  return objects.map(({ metadata }) => metadata.name).sort();
}

const sorted = (names: readonly string[]): readonly string[] => [...names].sort();

function differ(what: string, seen: readonly string[], wanted: readonly string[]): string[] {
  return JSON.stringify(seen) === JSON.stringify(wanted)
    ? []
    : [`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`];
}

async function sourceBroken(aftermath: Aftermath, wantedPower: string): Promise<string[]> {
  const broken: string[] = [];
  for (const { source } of aftermath.orders) {
    const state = await aftermath.source.powerState(source.externalId, AbortSignal.timeout(60_000));
    if (state === undefined) broken.push(`the source ${source.name} was deleted`);
    else if (state !== wantedPower) broken.push(`the source ${source.name} is ${state}`);
  }
  return broken;
}

/** Every effect has an outcome or was followed by another look at the same thing, in a later turn. */
async function unaccounted({ graph }: Aftermath, machine: MachineProgress): Promise<string[]> {
  const effects = await machineEffects(graph, machine.id);
  return effects.flatMap((effect, index) => {
    const settled =
      effect.outcome !== undefined ||
      machine.epoch > effect.epoch ||
      effects.slice(index + 1).some((later) => later.target === effect.target);
    return settled ? [] : [`${machine.name}: ${effect.verb} ${effect.target} has no outcome`];
  });
}

async function recordsBroken(aftermath: Aftermath, state: string): Promise<string[]> {
  const machines = await machineProgress(aftermath.graph, aftermath.migration, { first: 1000 });
  const notThere = machines.filter((machine) => machine.state !== state);
  const audits = await Promise.all(machines.map((machine) => unaccounted(aftermath, machine)));
  return [
    ...notThere.map(
      ({ name, state: is, step, error }) =>
        `${name} is ${is} in ${step ?? ''}: ${error?.why ?? ''}`,
    ),
    ...audits.flat(),
  ];
}

/** What has to hold once every machine is migrated; empty where it does. */
export async function brokenAfterCompletion(aftermath: Aftermath): Promise<readonly string[]> {
  const { orders } = aftermath;
  const volumes = orders.flatMap(({ disks }) => disks.map((disk) => disk.dataVolume.metadata.name));
  return [
    ...differ(
      'target machines',
      await namesIn(aftermath, resources.virtualMachine),
      sorted(orders.map(({ targetName }) => targetName)),
    ),
    ...differ('volumes', await namesIn(aftermath, resources.dataVolume), sorted(volumes)),
    ...differ('claims', await namesIn(aftermath, resources.persistentVolumeClaim), sorted(volumes)),
    ...differ('jobs', await namesIn(aftermath, resources.job), []),
    ...differ('secrets', await namesIn(aftermath, resources.secret), []),
    ...(await sourceBroken(aftermath, 'poweredOff')),
    ...(await recordsBroken(aftermath, 'completed')),
  ];
}

/** What has to hold once every machine is rolled back; empty where it does. */
export async function brokenAfterRollback(aftermath: Aftermath): Promise<readonly string[]> {
  return [
    ...differ('target machines', await namesIn(aftermath, resources.virtualMachine), []),
    ...differ('volumes', await namesIn(aftermath, resources.dataVolume), []),
    ...differ('jobs', await namesIn(aftermath, resources.job), []),
    ...differ('secrets', await namesIn(aftermath, resources.secret), []),
    ...(await sourceBroken(aftermath, 'poweredOn')),
    ...(await recordsBroken(aftermath, 'cancelled')),
  ];
}
