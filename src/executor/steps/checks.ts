import { resources } from '../../kubernetes/index.js';
import { awaitFreeNames } from '../free-names.js';
import { kubectlTarget } from '../object-place.js';
import { StepError } from '../migration-error.js';
import type { SourceMachine } from '../ports.js';
import { done, failed, type Step, type StepContext, type StepOutcome } from '../step.js';
import type { WorkOrder } from '../work-order.js';

/** Snapshots move a disk to a delta file; it is the same disk. */
const withoutDelta = (file: string): string => file.replace(/-\d{6}(?=\.vmdk$)/u, '');

function driftedDisks(order: WorkOrder, machine: SourceMachine): readonly string[] {
  const changes: string[] = [];
  const live = new Map(machine.disks.map((disk) => [disk.key, disk]));
  for (const planned of order.source.disks) {
    const disk = live.get(planned.key);
    live.delete(planned.key);
    if (disk === undefined) changes.push(`disk ${String(planned.key)} is gone`);
    else if (disk.capacityBytes !== planned.capacityBytes) {
      changes.push(
        `disk ${String(planned.key)} has ${String(disk.capacityBytes)} bytes instead of ` +
          String(planned.capacityBytes),
      );
    } else if (withoutDelta(disk.file) !== withoutDelta(planned.file)) {
      changes.push(`disk ${String(planned.key)} lies in ${disk.file} instead of ${planned.file}`);
    }
  }
  for (const key of live.keys()) changes.push(`disk ${String(key)} is new`);
  return changes;
}

function sourceProblem(
  order: WorkOrder,
  machine: SourceMachine | undefined,
): StepOutcome | undefined {
  const subject = order.source.name;
  const fail = (
    kind: 'source' | 'drift',
    code: string,
    what: string,
    why: string,
    remedy: string,
  ) =>
    failed(kind, new StepError({ code: `migration.checks.${code}`, subject, what, why, remedy }));
  if (machine === undefined) {
    const why = `${order.source.externalId} is no longer in the inventory of ${order.sourceId}`;
    return fail(
      'source',
      'source-missing',
      'The source machine is gone',
      why,
      'Collect the source again and make a new plan without it',
    );
  }
  if (machine.template || !machine.connected) {
    const why = machine.template
      ? 'it has become a template'
      : 'its manager has lost connection to it';
    return fail(
      'source',
      'source-unusable',
      'The source machine cannot be migrated now',
      why,
      'Put that right in the source, then retry',
    );
  }
  if (
    order.source.uuid !== undefined &&
    machine.uuid !== undefined &&
    machine.uuid !== order.source.uuid
  ) {
    const why = `its UUID is ${machine.uuid}, planned was ${order.source.uuid}`;
    return fail(
      'drift',
      'another-machine',
      'Another machine answers to the reference',
      why,
      'Collect the source again and make a new plan',
    );
  }
  const changes = driftedDisks(order, machine);
  if (changes.length === 0) return undefined;
  return fail(
    'drift',
    'disks-changed',
    'The disks changed since the plan was made',
    changes.join('; '),
    'Collect the source again and make a new plan',
  );
}

/** Whether everything is still as it was planned. Changes nothing. */
export const checks: Step = {
  name: 'checks',
  async ensure(context: StepContext): Promise<StepOutcome> {
    const { order, source, cluster } = context;
    const problem = sourceProblem(order, await source.machine());
    if (problem !== undefined) return problem;
    if (!(await cluster.namespaceExists())) {
      const error = new StepError({
        code: 'migration.checks.namespace-missing',
        what: 'The target namespace does not exist',
        subject: order.source.name,
        why: `the cluster has no namespace ${order.namespace}`,
        remedy: `Create it with: kubectl create namespace ${order.namespace}, then retry`,
      });
      return failed('target', error);
    }
    const waiting = await awaitFreeNames(context);
    if (waiting !== undefined) return waiting;
    // Both throw where the name belongs to somebody else.
    await cluster.own(resources.virtualMachine, order.targetName);
    for (const disk of order.disks) {
      const { name } = disk.dataVolume.metadata;
      await cluster.own(resources.dataVolume, name);
      const claim = await cluster.get(resources.persistentVolumeClaim, name);
      const volume =
        claim === undefined ? undefined : await cluster.get(resources.dataVolume, name);
      if (claim !== undefined && volume === undefined) {
        const error = new StepError({
          code: 'migration.checks.claim-exists',
          what: `The volume claim ${order.namespace}/${name} is in the way`,
          subject: order.source.name,
          why: 'a claim of that name exists without a DataVolume of this run, perhaps kept by an earlier one',
          remedy: `Look at it with: kubectl get ${kubectlTarget(cluster.at(resources.persistentVolumeClaim, name))} -o yaml. Remove it if nobody needs it, then retry`,
        });
        return failed('conflict', error);
      }
    }
    return done('source and target are as planned');
  },
};
