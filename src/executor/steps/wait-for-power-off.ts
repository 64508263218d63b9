import { StepError } from '../migration-error.js';
import { done, failed, wait, type Step } from '../step.js';

/** Waits for the source to be off, as long as the plan allows. */
export const waitForPowerOff: Step = {
  name: 'wait-for-power-off',
  async ensure({ order, source, startedAt, configuration }) {
    const state = await source.powerState();
    if (state === 'poweredOff') return done('the source is off');
    const waitedSeconds = (Date.now() - startedAt) / 1000;
    if (waitedSeconds < order.shutdownTimeoutSeconds) {
      return wait(configuration.poll.powerMs, 'the guest is shutting down');
    }
    if (order.powerOff !== 'graceful') {
      await source.powerOff();
      return wait(configuration.poll.powerMs, 'the source was powered off');
    }
    const error = new StepError({
      code: 'migration.power-off.timeout',
      what: 'The guest did not shut down in time',
      subject: order.source.name,
      why: `it was still ${state ?? 'unknown'} after ${String(order.shutdownTimeoutSeconds)} s`,
      remedy:
        'See in its console what holds the shutdown up, shut it down by hand, then retry; ' +
        'or choose a hard power-off for this machine in a new plan',
    });
    return failed('powerOff', error);
  },
};
