import { resources } from '../../kubernetes/index.js';
import { done, wait, type Step, type StepContext } from '../step.js';

/** A guest that was asked to shut down may still be on its way: it is turned on once it is off. */
function mayStillGoDown({ order, facts }: StepContext): boolean {
  if (facts.sourceRestoredAt !== undefined || facts.powerOffRequestedAt === undefined) return false;
  const askedMs = Date.now() - Date.parse(facts.powerOffRequestedAt);
  return askedMs < order.shutdownTimeoutSeconds * 1000;
}

/**
 * Rollback: turns the source on again if this run turned it off. The target is looked for once
 * more right before: both must never run at once.
 */
export const restoreSourcePower: Step = {
  name: 'restore-source-power',
  async ensure(context) {
    const { order, facts, source, cluster, configuration } = context;
    if (facts.sourcePowerState !== 'poweredOn' || facts.powerOffRequestedAt === undefined) {
      return done('this run did not turn the source off');
    }
    const state = await source.powerState();
    if (state === undefined) return done('the source no longer knows the machine');
    if (state === 'poweredOn') {
      return mayStillGoDown(context)
        ? wait(configuration.poll.powerMs, 'the source may still be shutting down')
        : done('the source runs');
    }
    const target = await cluster.get(resources.virtualMachine, order.targetName);
    if (target !== undefined && cluster.isOwn(target)) {
      return wait(configuration.poll.targetMs, 'the target is still there');
    }
    await context.remember({ sourceRestoredAt: new Date().toISOString() });
    await source.powerOn();
    return wait(configuration.poll.powerMs, 'the source is starting');
  },
};
