import {
  FailureReason,
  failedFor,
  resources,
  type KubernetesObject,
  type Resource,
} from '../../kubernetes/index.js';
import type { Omission, RawObject } from '../contract.js';
import { clusterExternalId, withoutSecrets } from './raw.js';
import type { KubevirtSession } from './session.js';

const clusterVersions: Resource = {
  group: 'config.openshift.io',
  version: 'v1',
  plural: 'clusterversions',
  kind: 'ClusterVersion',
  namespaced: false,
};

interface Installation {
  readonly object: KubernetesObject | undefined;
  readonly omission: Omission | undefined;
}

/** The one object that says how an operator is installed. */
async function installation(
  session: KubevirtSession,
  resource: 'kubeVirt' | 'cdi',
  signal: AbortSignal,
): Promise<Installation> {
  const what = resources[resource].kind;
  const omitted = (why: string): Installation => ({
    object: undefined,
    omission: { kind: 'KubernetesCluster', externalId: clusterExternalId, what, why },
  });
  if (!(await session.serves(resource, signal))) return omitted('not installed');
  try {
    const { objects } = await session.cluster.list(resources[resource], { signal });
    const [object] = objects;
    return object === undefined ? omitted('not installed') : { object, omission: undefined };
  } catch (error) {
    if (failedFor(error, FailureReason.forbidden)) return omitted(error.why);
    throw error;
  }
}

/** The cluster itself, as one raw object made of its version and its operators. */
export async function readCluster(
  session: KubevirtSession,
  signal: AbortSignal,
): Promise<{ readonly object: RawObject; readonly omissions: readonly Omission[] }> {
  const { cluster } = session;
  const { version } = await cluster.version(signal);
  const openshift = await cluster.serves(clusterVersions, signal);
  const kubeVirt = await installation(session, 'kubeVirt', signal);
  const cdi = await installation(session, 'cdi', signal);
  const part = ({ object }: Installation): unknown =>
    object === undefined ? undefined : withoutSecrets({ spec: object.spec, status: object.status });
  return {
    object: {
      type: 'KubernetesCluster',
      externalId: clusterExternalId,
      body: {
        name: cluster.name,
        version,
        platform: openshift ? 'openshift' : 'kubernetes',
        ...(kubeVirt.object === undefined ? {} : { kubeVirt: part(kubeVirt) }),
        ...(cdi.object === undefined ? {} : { cdi: part(cdi) }),
      },
    },
    omissions: [kubeVirt.omission, cdi.omission].filter((omission) => omission !== undefined),
  };
}
