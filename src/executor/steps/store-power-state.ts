import { StepError } from '../migration-error.js';
import { done, failed, type Step } from '../step.js';

/** Writes down whether the source runs, before anything turns it off: a rollback goes back to it. */
export const storePowerState: Step = {
  name: 'store-power-state',
  async ensure({ order, facts, source }) {
    // A repetition after the power-off must not take our own doing for the state before.
    if (facts.sourcePowerState !== undefined) {
      return done(`the source was ${facts.sourcePowerState} before`);
    }
    const state = await source.powerState();
    if (state === 'poweredOn' || state === 'poweredOff') {
      return done(`the source is ${state}`, { sourcePowerState: state });
    }
    const error = new StepError({
      code: 'migration.source.power-state',
      what: 'The source machine cannot be turned off properly',
      subject: order.source.name,
      why: `its power state is ${state ?? 'not known to the source any more'}`,
      remedy: 'Power it on or off in the source, then retry',
    });
    return failed('source', error);
  },
};
