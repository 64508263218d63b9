import { resources } from '../../kubernetes/index.js';
import { isLeaving } from '../object-place.js';
import { done, wait, type Step } from '../step.js';
import { targetRuns } from './target-runs.js';
import { lookAtTarget } from '../virtual-machine-state.js';

/** Rollback: removes the target that this run made, and waits until it and its instance are gone. */
export const removeTarget: Step = {
  name: 'remove-target',
  async ensure(context) {
    const { order, cluster, configuration, rollback } = context;
    const target = await lookAtTarget(cluster, order.targetName);
    if (target !== undefined) {
      const { running, wantedRunning } = target.state;
      // Somebody may have started it since the step before looked.
      if ((running || wantedRunning) && !rollback.stopRunningTarget) return targetRuns(context);
      if (!isLeaving(target.object)) {
        await cluster.remove(resources.virtualMachine, target.object);
      }
      return wait(configuration.poll.targetMs, 'the target is being removed');
    }
    const instance = await cluster.get(resources.virtualMachineInstance, order.targetName);
    return instance === undefined
      ? done('there is no target')
      : wait(configuration.poll.targetMs, 'the instance of the target is stopping');
  },
};
