import { resources } from '../../kubernetes/index.js';
import { kubectlTarget } from '../object-place.js';
import { StepError } from '../migration-error.js';
import { done, failed, wait, type Step, type StepContext, type StepOutcome } from '../step.js';
import { lookAtTarget } from '../virtual-machine-state.js';

function wanted({ order, facts }: StepContext): boolean {
  return order.targetPower === 'asSource'
    ? facts.sourcePowerState === 'poweredOn'
    : order.targetPower === 'on';
}

function problem(
  context: StepContext,
  kind: 'target' | 'safety',
  code: string,
  what: string,
  why: string,
  remedy: string,
): StepOutcome {
  const { order, cluster } = context;
  const target = kubectlTarget(cluster.at(resources.virtualMachine, order.targetName));
  const error = new StepError({
    code: `migration.start.${code}`,
    what,
    subject: order.source.name,
    why,
    remedy: `${remedy} See: kubectl describe ${target}`,
  });
  return failed(kind, error);
}

/**
 * Starts the target if it is to run. The source's power state is read right before, and the change
 * holds only for the very object that was read: a late repetition cannot start a machine that was
 * meanwhile removed or rolled back.
 */
export const startTarget: Step = {
  name: 'start-target',
  async ensure(context) {
    const { order, cluster, source, startedAt, configuration } = context;
    if (!wanted(context)) return done('the machine is left off, as planned');
    const target = await lookAtTarget(cluster, order.targetName);
    if (target === undefined) {
      return problem(
        context,
        'target',
        'gone',
        'The target machine is gone',
        'somebody removed it',
        'Cancel this machine and plan it again.',
      );
    }
    if (target.state.running && target.state.wantedRunning) return done('the machine runs');
    if (!target.state.wantedRunning) {
      const power = await source.powerState();
      if (power !== 'poweredOff' && power !== undefined) {
        return problem(
          context,
          'safety',
          'source-running',
          'The target machine was not started',
          `the source machine is ${power}, and both must never run at once`,
          'Turn the source off, then retry; if its data changed meanwhile, cancel and plan it again.',
        );
      }
      await context.remember({ targetStartedAt: new Date().toISOString() });
      await cluster.change(resources.virtualMachine, target.object, {
        spec: { runStrategy: 'Always' },
      });
    }
    if (Date.now() - startedAt < configuration.startTimeoutSeconds * 1000) {
      return wait(
        configuration.poll.targetMs,
        `the machine starts (${target.state.printableStatus})`,
      );
    }
    const why =
      target.state.complaint === ''
        ? `it is still ${target.state.printableStatus}`
        : target.state.complaint;
    return problem(
      context,
      'target',
      'timeout',
      'The target machine did not start in time',
      why,
      'Mend the cause, then retry.',
    );
  },
};
