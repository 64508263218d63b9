import { z } from 'zod';
import { resources, type KubernetesObject } from '../kubernetes/index.js';
import { complaintOf, conditionsSchema } from './conditions.js';
import type { FencedCluster } from './fenced-cluster.js';
import { instanceState, type InstanceState } from './instance-state.js';

const virtualMachineSchema = z.object({
  spec: z.object({ runStrategy: z.string().optional(), running: z.boolean().optional() }),
  status: z
    .object({
      printableStatus: z.string().optional(),
      ready: z.boolean().optional(),
      conditions: conditionsSchema.optional(),
    })
    .optional(),
});

export interface TargetState {
  /** Whether its owner wants it to run. */
  readonly wantedRunning: boolean;
  /**
   * Whether an instance of it exists, or KubeVirt says that it runs: it may have written to its
   * disks. Whether the guest really runs, `instance` tells.
   */
  readonly running: boolean;
  readonly instance: InstanceState;
  readonly printableStatus: string;
  /** What hinders it, in one sentence; empty where nothing is said. */
  readonly complaint: string;
}

/** Reads a target machine. Halted is the only strategy under which KubeVirt starts nothing. */
export function targetState(
  object: KubernetesObject,
  instance: KubernetesObject | undefined,
): TargetState {
  const { spec, status } = virtualMachineSchema.parse(object);
  const printableStatus = status?.printableStatus ?? 'unknown';
  return {
    wantedRunning: spec.running === true || (spec.runStrategy ?? 'Halted') !== 'Halted',
    running: instance !== undefined || printableStatus === 'Running',
    printableStatus,
    complaint: complaintOf(status?.conditions ?? []),
    instance: instanceState(instance),
  };
}

/** The live state of this run's target machine; `undefined` where there is none. */
export async function lookAtTarget(
  cluster: FencedCluster,
  name: string,
): Promise<{ readonly object: KubernetesObject; readonly state: TargetState } | undefined> {
  const object = await cluster.own(resources.virtualMachine, name);
  if (object === undefined) return undefined;
  const instance = await cluster.get(resources.virtualMachineInstance, name);
  return { object, state: targetState(object, instance) };
}
