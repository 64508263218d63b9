import { StepError } from '../migration-error.js';
import { done, failed, type Step, type StepContext, type StepOutcome } from '../step.js';

function agentMissing({ order }: StepContext): StepOutcome {
  const error = new StepError({
    code: 'migration.power-off.agent-missing',
    what: 'The guest cannot be asked to shut down',
    subject: order.source.name,
    why: 'its guest agent (VMware Tools) is not running',
    remedy:
      'Start the guest agent, or shut the guest down by hand, then retry; ' +
      'or choose a hard power-off for this machine in a new plan',
  });
  return failed('powerOff', error);
}

/**
 * Asks the guest to shut down; pulls the plug only where the plan chose that. Asking twice does no
 * harm: a guest that is shutting down keeps doing so.
 */
export const powerOffSource: Step = {
  name: 'power-off-source',
  async ensure(context) {
    const { order, source, facts } = context;
    const machine = await source.machine();
    if (machine?.powerState === 'poweredOff') return done('the source is off');
    if (order.powerOff === 'graceful' && machine?.guestAgentRunning !== true) {
      // A guest whose agent has stopped may be on its way down because we asked before.
      return facts.powerOffRequestedAt === undefined
        ? agentMissing(context)
        : done('the guest is shutting down');
    }
    // Known before the effect: a rollback turns on again only what the run has turned off.
    await context.remember({ powerOffRequestedAt: new Date().toISOString() });
    if (order.powerOff === 'hard' || machine?.guestAgentRunning !== true) {
      await source.powerOff();
      return done('the source was powered off');
    }
    await source.shutdownGuest();
    return done('the guest was asked to shut down');
  },
};
