import { done, type Step } from '../step.js';
import { removeHelpers } from './clean-up.js';

/** Rollback: the source's credentials and what else only the run needed leave the cluster. */
export const removeCredentials: Step = {
  name: 'remove-credentials',
  async ensure(context) {
    return done(`${String(await removeHelpers(context))} helper objects were removed`);
  },
};
