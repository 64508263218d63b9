import { z } from 'zod';
import { labels, resources, type KubernetesObject } from '../kubernetes/index.js';
import type { FencedCluster } from './fenced-cluster.js';
import { describePlace, isLeaving, type ObjectPlace } from './object-place.js';
import { StepError } from './migration-error.js';

const tiesSchema = z.object({
  finalizers: z.array(z.string()).default([]),
  ownerReferences: z.array(z.object({ kind: z.string() })).default([]),
});

/** An object that is on its way out, and what still holds it. */
export interface Leaving {
  readonly object: KubernetesObject;
  readonly place: ObjectPlace;
  readonly finalizers: readonly string[];
}

/** Names what is leaving with its finalizers: `PersistentVolumeClaim ns/disk-0 (held by …)`. */
export const describeLeaving = (leaving: readonly Leaving[]): string =>
  leaving
    .map(({ place, finalizers }) => {
      const holders = finalizers.length === 0 ? '' : ` (held by ${finalizers.join(', ')})`;
      return `${describePlace(place)}${holders}`;
    })
    .join(', ');

const leavingAt = (object: KubernetesObject, place: ObjectPlace): Leaving => ({
  object,
  place,
  finalizers: tiesSchema.parse(object.metadata).finalizers,
});

/** A claim goes with its DataVolume, also before the garbage collector has begun with it. */
const goesWithDataVolume = ({ metadata }: KubernetesObject): boolean =>
  tiesSchema.parse(metadata).ownerReferences.some(({ kind }) => kind === resources.dataVolume.kind);

async function leavingVolume(cluster: FencedCluster, name: string): Promise<Leaving | undefined> {
  const volume = await cluster.get(resources.dataVolume, name);
  if (volume !== undefined) {
    return isLeaving(volume)
      ? leavingAt(volume, cluster.at(resources.dataVolume, name))
      : undefined;
  }
  const claim = await cluster.get(resources.persistentVolumeClaim, name);
  if (claim === undefined || !(isLeaving(claim) || goesWithDataVolume(claim))) return undefined;
  return leavingAt(claim, cluster.at(resources.persistentVolumeClaim, name));
}

/** DataVolumes and claims of these names that are being removed, by whomever they were made. */
export async function leavingVolumes(
  cluster: FencedCluster,
  names: readonly string[],
): Promise<readonly Leaving[]> {
  const found: Leaving[] = [];
  for (const name of names) {
    const leaving = await leavingVolume(cluster, name);
    if (leaving !== undefined) found.push(leaving);
  }
  return found;
}

/** Whether another run made the object; what carries no run's label may be anybody's. */
export const isOfAnotherRun = ({ object }: Leaving, run: string): boolean => {
  const made = object.metadata.labels?.[labels.migration];
  return made !== undefined && made !== run;
};

/** What was to be removed is still there when the time for it is over. */
export function notGone(
  facts: { readonly code: string; readonly subject: string; readonly then: string },
  leaving: readonly Leaving[],
): StepError {
  const [first] = leaving;
  const target =
    first === undefined
      ? ''
      : ` See: kubectl -n ${first.place.namespace} describe ${first.place.resource.plural} ${first.place.name}`;
  return new StepError({
    code: facts.code,
    what: 'Volumes that are being removed do not go',
    subject: facts.subject,
    why: `${describeLeaving(leaving)} ${leaving.length === 1 ? 'is' : 'are'} still there`,
    remedy:
      'kubernetes.io/pvc-protection is held while a Pod uses the claim: end that Pod, or see why ' +
      `the controller of the finalizer does not let go. ${facts.then}${target}`,
  });
}
