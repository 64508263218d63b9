import { FailureReason, KubernetesError, resources, type Cluster } from '../../kubernetes/index.js';
import type { PlannedMachine } from '../record/plan.js';
import { buildVirtualMachine } from '../virtual-machine/build.js';
import { buildDataVolumes } from '../virtual-machine/data-volumes.js';
import type { Blueprint } from '../virtual-machine/blueprint.js';
import {
  machineRule,
  planRule,
  type MachineRule,
  type Occurrence,
  type PlanRule,
} from './context.js';

/** The parts of a cluster that admission is asked with. */
export type AdmittingCluster = Pick<Cluster, 'apply'>;

/** Dry runs under way at the same time: webhooks answer one after the other anyway. */
const concurrency = 6;

/** What the target said about the machines, before the rules turn it into findings. */
export interface AdmissionAnswers {
  /** Refusals by machine. */
  readonly refusals: ReadonlyMap<string, readonly Occurrence[]>;
  /** Why the target could not be asked at all. */
  readonly notAsked: Occurrence | undefined;
}

const describe = (error: KubernetesError): string =>
  error.causes.length === 0
    ? error.why
    : error.causes.map(({ field, message }) => `${field}: ${message}`).join('; ');

/** The target answered, and said no; all else is a failure to ask. */
const isRefusal = ({ status, reason }: KubernetesError): boolean =>
  status !== undefined &&
  status >= 400 &&
  status < 500 &&
  reason !== FailureReason.unauthorized &&
  reason !== FailureReason.tooManyRequests;

async function refusalsOf(
  cluster: AdmittingCluster,
  blueprint: Blueprint,
  signal: AbortSignal | undefined,
): Promise<Occurrence[]> {
  const refusals: Occurrence[] = [];
  const ask = async (what: string, work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof KubernetesError) || !isRefusal(error)) throw error;
      refusals.push({ what: `The target refuses ${what}`, why: describe(error) });
    }
  };
  const options = { dryRun: true, force: true, signal };
  const machine = buildVirtualMachine(blueprint);
  await ask(
    `the machine ${machine.metadata.name}`,
    cluster.apply(resources.virtualMachine, machine, options),
  );
  for (const { manifest } of buildDataVolumes(blueprint)) {
    await ask(
      `the volume ${manifest.metadata.name}`,
      cluster.apply(resources.dataVolume, manifest, options),
    );
  }
  return refusals;
}

/**
 * Asks the target in a server-side dry run whether it would admit machines and volumes as they are
 * built: its API server, KubeVirt's and CDI's webhooks and every policy of the site. Nothing is
 * stored there.
 */
export async function askAdmission(
  cluster: AdmittingCluster | undefined,
  machines: readonly PlannedMachine[],
  blueprintOf: (machine: PlannedMachine) => Blueprint,
  signal?: AbortSignal,
): Promise<AdmissionAnswers> {
  const refusals = new Map<string, readonly Occurrence[]>();
  if (cluster === undefined) {
    const what = 'The target was not asked whether it admits the machines';
    return { refusals, notAsked: { what, why: 'there is no connection to it' } };
  }
  const waiting = [...machines];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      signal?.throwIfAborted();
      refusals.set(next.entity, await refusalsOf(cluster, blueprintOf(next), signal));
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, work));
    return { refusals, notAsked: undefined };
  } catch (error) {
    waiting.length = 0;
    if (!(error instanceof KubernetesError)) throw error;
    const what = 'The target could not be asked whether it admits the machines';
    return { refusals, notAsked: { what, why: error.why, remedy: error.remedy } };
  }
}

/** Rules over what the target answered. */
export const admissionRefused = (answers: AdmissionAnswers): MachineRule =>
  machineRule({
    ...admissionRefusedFacts,
    find: ({ entity }) => answers.refusals.get(entity) ?? [],
  });

export const admissionNotAsked = (answers: AdmissionAnswers): PlanRule =>
  planRule({
    ...admissionNotAskedFacts,
    find: () => (answers.notAsked === undefined ? [] : [answers.notAsked]),
  });

export const admissionRefusedFacts = {
  id: 'machine.admission.refused',
  severity: 'blocker',
  waivable: false,
  meaning: 'The target refuses the machine or one of its volumes in a server-side dry run.',
  remedy:
    'Correct what the target names: in the mappings, in the choices for the machine, or in its policies.',
} as const;

export const admissionNotAskedFacts = {
  id: 'plan.admission.not-asked',
  severity: 'blocker',
  waivable: true,
  meaning: 'The target could not be asked whether it admits the machines.',
  remedy: 'Check the connection to the target and validate again.',
} as const;
