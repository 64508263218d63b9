import type { Step } from '../step.js';
import { runHook } from './run-hook.js';

/** What a site does before a machine is touched. */
export const preHook: Step = {
  name: 'pre-hook',
  ensure: (context) => runHook(context, 'pre-hook', context.order.preHook),
};
