import { resources } from '../../kubernetes/index.js';
import { kubectlTarget } from '../object-place.js';
import { dataVolumeState, diskProgress, isBroken, type DataVolumeState } from '../data-volume.js';
import { importerRemedy } from '../importer-failure.js';
import { StepError } from '../migration-error.js';
import { copyProgress } from '../step-progress.js';
import { failed, wait, type Step, type StepContext, type StepOutcome } from '../step.js';

function importFailed(context: StepContext, volume: string, state: DataVolumeState): StepOutcome {
  const { order, cluster } = context;
  const target = kubectlTarget(cluster.at(resources.dataVolume, volume));
  const error = new StepError({
    code: 'migration.copy.failed',
    what: `The copy into volume ${order.namespace}/${volume} failed`,
    subject: order.source.name,
    why:
      state.complaint === ''
        ? `its importer ended in phase ${state.phase} after ${String(state.restarts)} restarts without a reason`
        : state.complaint,
    remedy:
      `${importerRemedy(state.complaint)} See: kubectl describe ${target}, and ` +
      `kubectl -n ${order.namespace} logs -l app=containerized-data-importer --prefix --tail=100`,
  });
  return failed('copy', error);
}

function volumeMissing({ order, cluster }: StepContext, volume: string): StepOutcome {
  const error = new StepError({
    code: 'migration.copy.volume-missing',
    what: `The volume ${order.namespace}/${volume} is gone`,
    subject: order.source.name,
    why: 'somebody removed it while it was being copied',
    remedy: `Retry, and the copy begins again. See: kubectl get events ${kubectlTarget(cluster.at(resources.dataVolume, volume)).split(' ').slice(0, 2).join(' ')}`,
  });
  return failed('copy', error);
}

function sourceRunning({ order }: StepContext): StepOutcome {
  const error = new StepError({
    code: 'migration.copy.source-running',
    what: 'The source machine was started while its disks were copied',
    subject: order.source.name,
    why: 'the copy may hold a mixture of old and new blocks and cannot be trusted',
    remedy:
      'Cancel the migration of this machine and plan it again for a time in which it stays off',
  });
  return failed('safety', error);
}

/** Follows the importers until every volume is filled. */
export const copyDisks: Step = {
  name: 'copy-disks',
  async ensure(context) {
    const { order, cluster, configuration, progress } = context;
    const live = new Map(
      (await cluster.owned(resources.dataVolume)).map((volume) => [volume.metadata.name, volume]),
    );
    const disks = [];
    for (const { dataVolume, capacityBytes } of order.disks) {
      const { name } = dataVolume.metadata;
      const volume = live.get(name);
      if (volume === undefined) return volumeMissing(context, name);
      const state = dataVolumeState(volume);
      if (isBroken(state, configuration.importerRestarts))
        return importFailed(context, name, state);
      disks.push(diskProgress(name, state, capacityBytes));
    }
    const now = copyProgress(disks, progress, Date.now());
    if (disks.every((disk) => disk.phase === 'Succeeded')) {
      // Only a source that stayed off gave a consistent copy.
      if ((await context.source.powerState()) === 'poweredOn') return sourceRunning(context);
      return { type: 'done', outcome: `${String(disks.length)} disks are copied`, progress: now };
    }
    return wait(configuration.poll.copyMs, 'disks are being copied', now);
  },
};
