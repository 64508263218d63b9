import { labels, resources } from '../../kubernetes/index.js';
import { describeLeaving, isOfAnotherRun, leavingVolumes, notGone } from '../leaving.js';
import { isLeaving } from '../object-place.js';
import { done, failed, wait, type Step } from '../step.js';

/**
 * Rollback: removes the volumes that this run made and waits until their claims are gone too, whose
 * names the next run needs; or leaves them where they are to be kept. Kept volumes carry the label
 * of the run, so that they can be found.
 */
export const removeDisks: Step = {
  name: 'remove-disks',
  async ensure({ order, cluster, rollback, configuration, run, startedAt }) {
    const volumes = await cluster.owned(resources.dataVolume);
    if (rollback.keepDisks) {
      return done(`${String(volumes.length)} volumes are kept, label ${labels.migration}=${run}`);
    }
    for (const volume of volumes) {
      if (!isLeaving(volume)) {
        await cluster.remove(resources.dataVolume, volume);
      }
    }
    const names = order.disks.map(({ dataVolume }) => dataVolume.metadata.name);
    const leaving = (await leavingVolumes(cluster, names)).filter(
      (one) => !isOfAnotherRun(one, run),
    );
    if (volumes.length === 0 && leaving.length === 0) return done('no volume is left');
    if (Date.now() - startedAt >= configuration.removalTimeoutMs) {
      const facts = {
        code: 'migration.rollback.disks-held',
        subject: order.source.name,
        then: 'Then cancel again: the rollback goes on from here, and only then is the source turned on.',
      };
      return failed('target', notGone(facts, leaving));
    }
    return wait(
      configuration.poll.targetMs,
      `volumes are being removed: ${describeLeaving(leaving)}`,
    );
  },
};
