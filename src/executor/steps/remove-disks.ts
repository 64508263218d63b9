import { labels, resources } from '../../kubernetes/index.js';
import { isLeaving } from '../object-place.js';
import { done, wait, type Step } from '../step.js';

/**
 * Rollback: removes the volumes that this run made, or leaves them where they are to be kept. Kept
 * volumes carry the label of the run, so that they can be found.
 */
export const removeDisks: Step = {
  name: 'remove-disks',
  async ensure({ cluster, rollback, configuration, run }) {
    const volumes = await cluster.owned(resources.dataVolume);
    if (rollback.keepDisks) {
      return done(`${String(volumes.length)} volumes are kept, label ${labels.migration}=${run}`);
    }
    for (const volume of volumes) {
      if (!isLeaving(volume)) {
        await cluster.remove(resources.dataVolume, volume);
      }
    }
    return volumes.length === 0
      ? done('no volume is left')
      : wait(configuration.poll.targetMs, `${String(volumes.length)} volumes are being removed`);
  },
};
