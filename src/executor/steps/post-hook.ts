import type { Step } from '../step.js';
import { runHook } from './run-hook.js';

/** What a site does once the target is there. */
export const postHook: Step = {
  name: 'post-hook',
  ensure: (context) => runHook(context, 'post-hook', context.order.postHook),
};
