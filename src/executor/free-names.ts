import { describeLeaving, leavingVolumes, notGone } from './leaving.js';
import { failed, wait, type StepContext, type StepOutcome } from './step.js';

/**
 * Waits for volumes and claims that have a name this run needs and are on their way out: one that
 * is made over them would never be bound. `undefined` where there are none.
 */
export async function awaitFreeNames(context: StepContext): Promise<StepOutcome | undefined> {
  const { order, cluster, configuration, startedAt } = context;
  const names = order.disks.map(({ dataVolume }) => dataVolume.metadata.name);
  const leaving = await leavingVolumes(cluster, names);
  if (leaving.length === 0) return undefined;
  if (Date.now() - startedAt < configuration.removalTimeoutMs) {
    const outcome = `waits until the names are free: ${describeLeaving(leaving)}`;
    return wait(configuration.poll.targetMs, outcome);
  }
  const facts = {
    code: 'migration.checks.volumes-held',
    subject: order.source.name,
    then: 'Then retry.',
  };
  return failed('conflict', notGone(facts, leaving));
}
