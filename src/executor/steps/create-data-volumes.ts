import { dataVolumeState, isBroken } from '../data-volume.js';
import { resources } from '../../kubernetes/index.js';
import { awaitFreeNames } from '../free-names.js';
import { isLeaving } from '../object-place.js';
import { sourceSecret } from '../manifests/source-secret.js';
import { done, wait, type Step, type StepContext } from '../step.js';

/** A volume whose import has failed is replaced: it would never begin again by itself. */
async function removeBroken({ cluster, configuration }: StepContext): Promise<boolean> {
  let broken = false;
  for (const volume of await cluster.owned(resources.dataVolume)) {
    const leaving = isLeaving(volume);
    if (!leaving && !isBroken(dataVolumeState(volume), configuration.importerRestarts)) continue;
    broken = true;
    if (!leaving) await cluster.remove(resources.dataVolume, volume);
  }
  return broken;
}

/** The volumes of the target, and for the time of the copy the credentials to fill them. */
export const createDataVolumes: Step = {
  name: 'create-data-volumes',
  async ensure(context) {
    const { order, cluster, configuration } = context;
    if (await removeBroken(context)) {
      return wait(configuration.poll.targetMs, 'broken volumes are being removed');
    }
    const waiting = await awaitFreeNames(context);
    if (waiting !== undefined) return waiting;
    await cluster.ensure(
      resources.secret,
      sourceSecret(order, await context.importerCredentials()),
    );
    for (const disk of order.disks) {
      await cluster.ensure(resources.dataVolume, disk.dataVolume);
    }
    return done(`${String(order.disks.length)} volumes are there`);
  },
};
