import { resources } from '../../kubernetes/index.js';
import { done, type Step, type StepContext } from '../step.js';

/** Kinds of which a run leaves nothing behind. */
const helperKinds = [resources.job, resources.configMap, resources.secret] as const;

/** Removes this run's Jobs, ConfigMaps and Secrets; returns how many there were. */
export async function removeHelpers({ cluster }: StepContext): Promise<number> {
  let removed = 0;
  for (const kind of helperKinds) {
    for (const object of await cluster.owned(kind)) {
      await cluster.remove(kind, object);
      removed += 1;
    }
  }
  return removed;
}

/** The machine is migrated: what only the run needed goes. */
export const cleanUp: Step = {
  name: 'clean-up',
  async ensure(context) {
    return done(`${String(await removeHelpers(context))} helper objects were removed`);
  },
};
