import { StepError } from '../migration-error.js';
import { failed, type StepContext, type StepOutcome } from '../step.js';

/** A rollback stops before a target that runs, unless a person chose otherwise. */
export function targetRuns({ order }: StepContext): StepOutcome {
  const error = new StepError({
    code: 'migration.rollback.target-running',
    what: 'The machine was not rolled back',
    subject: order.source.name,
    why: `its target ${order.namespace}/${order.targetName} was started and may hold new data`,
    remedy:
      'Leave it and count it as migrated, or stop the target and cancel again with the choice to stop a running target; ' +
      `what it wrote since is then lost. See: kubectl -n ${order.namespace} get vm/${order.targetName}`,
  });
  return failed('safety', error);
}
