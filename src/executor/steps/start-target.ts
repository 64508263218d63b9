import { resources } from '../../kubernetes/index.js';
import { kubectlTarget } from '../object-place.js';
import { StepError } from '../migration-error.js';
import { schedulerComplaint } from '../scheduler-complaint.js';
import { done, failed, wait, type Step, type StepContext, type StepOutcome } from '../step.js';
import { lookAtTarget, type TargetState } from '../virtual-machine-state.js';

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

/** What keeps a target from running: its instance knows more than the machine. */
const hindrance = ({ instance, complaint, printableStatus }: TargetState): string =>
  [instance.complaint, complaint].find((text) => text !== '') ?? printableStatus;

function remedyFor(context: StepContext, { instance, printableStatus }: TargetState): string {
  const { namespace, targetName } = context.order;
  const pods = `kubectl -n ${namespace} describe pods -l vm.kubevirt.io/name=${targetName}`;
  const waits = 'The disks stay as they are, and the source stays off.';
  if (instance.unschedulable) {
    return `Give the cluster a node with what the machine asks for, or change the machine (CPU, memory, devices, node selector), then retry. ${waits} \`${pods}\` shows what each node lacks.`;
  }
  if (instance.phase === 'Failed' || printableStatus === 'CrashLoopBackOff') {
    return `Its guest ends as soon as it begins: read the log of its Pod, mend the machine, then retry. ${waits} \`kubectl -n ${namespace} logs -l vm.kubevirt.io/name=${targetName} -c compute --tail=50\` shows why.`;
  }
  return `Mend the cause, then retry. ${waits} \`${pods}\` shows the events.`;
}

/** A machine that was made, but whose guest does not run when the time for it is over. */
async function notRunning(context: StepContext, state: TargetState): Promise<StepOutcome> {
  const { instance } = state;
  const { order, cluster } = context;
  const scheduler = instance.unschedulable
    ? await schedulerComplaint(cluster, order.targetName)
    : undefined;
  const crashed = instance.phase === 'Failed' || state.printableStatus === 'CrashLoopBackOff';
  const code = instance.unschedulable ? 'unschedulable' : crashed ? 'crashed' : 'timeout';
  return problem(
    context,
    'target',
    code,
    'The target machine was created but does not run',
    `${scheduler ?? hindrance(state)}; its instance is in phase ${instance.phase}`,
    remedyFor(context, state),
  );
}

/**
 * Starts the target if it is to run, and waits until its guest does. The source's power state is
 * read right before, and the change holds only for the very object that was read: a late repetition cannot start a machine that was
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
    if (target.state.instance.ready && target.state.wantedRunning) return done('the machine runs');
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
    const { unschedulable } = target.state.instance;
    if (Date.now() - startedAt < configuration.startTimeoutMs) {
      const saying = unschedulable ? 'no node takes the machine yet' : 'the machine starts';
      return wait(configuration.poll.targetMs, `${saying} (${hindrance(target.state)})`);
    }
    return notRunning(context, target.state);
  },
};
