import { resources } from '../../kubernetes/index.js';
import { done, wait, type Step } from '../step.js';
import { targetRuns } from './target-runs.js';
import { lookAtTarget } from '../virtual-machine-state.js';

/**
 * Rollback: the target must be off for good before the source may run again. A target that was
 * started is stopped only where a person said so.
 */
export const stopTarget: Step = {
  name: 'stop-target',
  async ensure(context) {
    const { order, cluster, rollback, configuration } = context;
    const target = await lookAtTarget(cluster, order.targetName);
    if (target === undefined) return done('there is no target');
    const { wantedRunning, running } = target.state;
    if (!wantedRunning && !running) return done('the target is off');
    if (!rollback.stopRunningTarget) return targetRuns(context);
    if (wantedRunning) {
      await cluster.change(resources.virtualMachine, target.object, {
        spec: { runStrategy: 'Halted' },
      });
    }
    return wait(configuration.poll.targetMs, 'the target is shutting down');
  },
};
