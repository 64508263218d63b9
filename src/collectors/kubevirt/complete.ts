import { z } from 'zod';
import type { EntityKind } from '../../graph/model/index.js';
import { objectKey, type KubernetesObject } from '../../kubernetes/index.js';
import type { RawObject } from '../contract.js';
import type { ClaimFacts } from './companions.js';
import { rawObject } from './raw.js';
import type { KubevirtSession } from './session.js';

const volume = z.object({
  persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
  dataVolume: z.object({ name: z.string() }).optional(),
});

const machineVolumes = z.object({
  spec: z.object({
    template: z.object({ spec: z.object({ volumes: z.array(volume).optional() }) }),
  }),
});

/** Names of the claims that a machine uses. A DataVolume and its claim have one name. */
export function claimsOf(machine: KubernetesObject): string[] {
  const volumes = machineVolumes.safeParse(machine).data?.spec.template.spec.volumes ?? [];
  return volumes
    .map((one) => one.persistentVolumeClaim?.claimName ?? one.dataVolume?.name)
    .filter((name) => name !== undefined);
}

async function completeMachine(
  { companions }: KubevirtSession,
  object: KubernetesObject,
  signal: AbortSignal,
): Promise<RawObject> {
  const { namespace } = object.metadata;
  const [instances, rows] = await Promise.all([
    companions.instances.rows(signal),
    companions.claims.rows(signal),
  ]);
  const claims: Record<string, ClaimFacts> = {};
  for (const name of claimsOf(object)) {
    const facts = rows.get(objectKey({ namespace, name }));
    if (facts !== undefined) claims[name] = facts;
  }
  const instance = instances.get(objectKey(object.metadata));
  return rawObject('VirtualMachine', object, {
    $claims: claims,
    ...(instance === undefined ? {} : { $instance: instance }),
  });
}

async function completeNode(
  { companions }: KubevirtSession,
  object: KubernetesObject,
  signal: AbortSignal,
): Promise<RawObject> {
  const { name } = object.metadata;
  const requested = (await companions.requested.rows(signal)).get(name);
  const state = (await companions.networkStates.rows(signal)).get(name);
  const unknown = companions.requested.refused !== undefined;
  return rawObject('Node', object, {
    ...(unknown ? {} : { $requested: requested ?? { cpuMillis: 0, memoryBytes: 0 } }),
    ...(state === undefined ? {} : { $networkState: state }),
  });
}

async function completeStorageClass(
  { companions }: KubevirtSession,
  object: KubernetesObject,
  signal: AbortSignal,
): Promise<RawObject> {
  const { name } = object.metadata;
  const profile = (await companions.profiles.rows(signal)).get(name);
  const capacity = (await companions.capacities.rows(signal)).get(name);
  return rawObject('StorageClass', object, {
    ...(profile === undefined ? {} : { $profile: profile }),
    ...(capacity === undefined ? {} : { $capacityBytes: capacity }),
  });
}

/** The raw form of an object together with what other objects say about it. */
export async function complete(
  session: KubevirtSession,
  kind: EntityKind,
  object: KubernetesObject,
  signal: AbortSignal,
): Promise<RawObject> {
  switch (kind) {
    case 'VirtualMachine':
      return completeMachine(session, object, signal);
    case 'Node':
      return completeNode(session, object, signal);
    case 'StorageClass':
      return completeStorageClass(session, object, signal);
    default:
      return rawObject(kind, object);
  }
}
