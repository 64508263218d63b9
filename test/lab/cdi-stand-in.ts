import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ClusterClient, KubernetesObject } from './cluster-client.js';

/**
 * A stand-in for the Containerized Data Importer, whose controllers are in no registry that the
 * lab builds from. It makes a claim and a volume for each DataVolume and moves its phases and its
 * progress on the real API server. No bytes are copied: figures that depend on it say so.
 *
 * A DataVolume with the annotation `lab.opal/outcome: failed` ends in the phase Failed; with
 * `unbound` its claim gets no volume.
 */
export class CdiStandIn {
  readonly #stopped = new AbortController();
  readonly #running = new Map<string, Promise<void>>();
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: ClusterClient,
    /** Time between two steps of an import, in ms. */
    private readonly stepMs: number,
  ) {}

  start(): void {
    this.#loop = this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
    await Promise.allSettled(this.#running.values());
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        const { items, resourceVersion } = await this.client.list(
          'cdi.kubevirt.io/v1beta1',
          'DataVolume',
        );
        for (const item of items) this.#consider(item);
        for await (const event of this.client.watch(
          'cdi.kubevirt.io/v1beta1',
          'DataVolume',
          resourceVersion,
          signal,
        )) {
          if (event.type === 'ERROR') break;
          if (event.type === 'ADDED' || event.type === 'MODIFIED') this.#consider(event.object);
          if (event.type === 'DELETED') this.#reclaim(event.object);
        }
      } catch {
        // The API server went away or forgot the version: list again, unless we are the ones who stop.
        await sleep(200, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  #consider(dataVolume: KubernetesObject): void {
    const { uid } = dataVolume.metadata;
    if (uid === undefined || !isToImport(dataVolume) || this.#running.has(uid)) return;
    const work = this.#importUntilDone(dataVolume).finally(() => this.#running.delete(uid));
    this.#running.set(uid, work);
  }

  /** No event comes for a DataVolume whose import met an error: it is looked at again until it is over. */
  async #importUntilDone(dataVolume: KubernetesObject): Promise<void> {
    const { signal } = this.#stopped;
    const { uid, name, namespace } = dataVolume.metadata;
    let current = dataVolume;
    while (!signal.aborted && isToImport(current)) {
      try {
        await this.#import(current);
        return;
      } catch {
        // It was removed in the middle, which is right, or a call of ours failed.
        await sleep(againMs, undefined, { signal }).catch(() => undefined);
      }
      const seen = await this.client
        .get('cdi.kubevirt.io/v1beta1', 'DataVolume', name, namespace)
        .catch(() => current);
      // A refusal of the API server says nothing about the DataVolume.
      if (seen?.kind === 'Status') continue;
      if (seen === undefined || seen.metadata.uid !== uid) return;
      current = seen;
    }
  }

  /** Removes the volume as its provisioner would; protected until the claim has let go of it. */
  #reclaim(dataVolume: KubernetesObject): void {
    const name = volumeNameOf(dataVolume);
    const work = this.client
      .remove({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name } })
      .catch(() => undefined)
      .then(() => {
        this.#running.delete(name);
      });
    this.#running.set(name, work);
  }

  async #import(dataVolume: KubernetesObject): Promise<void> {
    const { signal } = this.#stopped;
    const { name, annotations } = dataVolume.metadata;
    await this.#provision(dataVolume);
    const begun = progressOf(dataVolume).progress;
    for (const step of importSteps(dataVolume)) {
      // After a restart an import goes on where it was, it does not go back.
      if (step.progress !== undefined && begun > Number.parseFloat(step.progress)) continue;
      await this.client.patchStatus(dataVolume, {
        claimName: name,
        restartCount: 0,
        conditions: conditionsOf(step.phase),
        ...step,
      });
      await sleep(this.stepMs, undefined, { signal });
    }
    const failed = annotations?.['lab.opal/outcome'] === 'failed';
    const phase = failed ? 'Failed' : 'Succeeded';
    await this.client.patchStatus(dataVolume, {
      phase,
      conditions: conditionsOf(phase),
      ...(failed ? {} : { progress: '100.0%' }),
    });
  }

  /** Makes the claim that CDI would make, and a volume for the real binder to bind to it. */
  async #provision(dataVolume: KubernetesObject): Promise<void> {
    const { name, namespace = 'default', uid } = dataVolume.metadata;
    const volumeName = volumeNameOf(dataVolume);
    const spec = claimSpec.parse(dataVolume.spec?.storage ?? dataVolume.spec?.pvc ?? {});
    const profile = await this.#profile(spec.storageClassName);
    const accessModes = spec.accessModes ?? profile.accessModes;
    const volumeMode = spec.volumeMode ?? profile.volumeMode;
    const storageClassName = spec.storageClassName ?? profile.storageClassName;
    const bound = dataVolume.metadata.annotations?.['lab.opal/outcome'] !== 'unbound';
    if (bound) {
      await this.client.apply({
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: volumeName, labels: { 'lab.opal/data-volume': 'true' } },
        spec: {
          storageClassName,
          accessModes,
          volumeMode,
          capacity: { storage: spec.resources.requests.storage },
          persistentVolumeReclaimPolicy: 'Retain',
          claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace },
          csi: { driver: 'lab.opal', volumeHandle: volumeName },
        },
      });
    }
    await this.client.apply({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        namespace,
        labels: { 'app.kubernetes.io/managed-by': 'cdi-controller', ...dataVolume.metadata.labels },
        ownerReferences: [
          {
            apiVersion: dataVolume.apiVersion,
            kind: dataVolume.kind,
            name,
            uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      spec: {
        storageClassName,
        accessModes,
        volumeMode,
        resources: spec.resources,
        ...(bound ? { volumeName } : {}),
      },
    } as KubernetesObject);
  }

  /** What CDI takes from the StorageProfile where the DataVolume says nothing. */
  async #profile(storageClassName: string | undefined) {
    const name = storageClassName ?? (await this.#defaultClass());
    const found = await this.client.get('cdi.kubevirt.io/v1beta1', 'StorageProfile', name);
    const [first] = profileStatus.parse(found?.status ?? {}).claimPropertySets;
    return {
      storageClassName: name,
      accessModes: first?.accessModes ?? ['ReadWriteOnce'],
      volumeMode: first?.volumeMode ?? 'Filesystem',
    };
  }

  async #defaultClass(): Promise<string> {
    const { items } = await this.client.list('storage.k8s.io/v1', 'StorageClass');
    const marked = items.find(
      ({ metadata }) =>
        metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
    );
    return marked?.metadata.name ?? '';
  }
}

const againMs = 500;

function isToImport(dataVolume: KubernetesObject): boolean {
  const { phase } = progressOf(dataVolume);
  const finished = phase === 'Succeeded' || phase === 'Failed';
  return !finished && dataVolume.metadata.deletionTimestamp === undefined;
}

/** Of its own for each DataVolume: a released volume is bound to no other claim of that name. */
const volumeNameOf = ({ metadata: { namespace = 'default', name, uid = '' } }: KubernetesObject) =>
  `lab-${`${namespace}-${name}`.slice(0, 190)}-${uid}`;

const claimSpec = z.object({
  storageClassName: z.string().optional(),
  accessModes: z.array(z.string()).optional(),
  volumeMode: z.string().optional(),
  resources: z
    .object({ requests: z.object({ storage: z.union([z.string(), z.number()]) }) })
    .default({ requests: { storage: '1Gi' } }),
});

const profileStatus = z.object({
  claimPropertySets: z
    .array(z.object({ accessModes: z.array(z.string()), volumeMode: z.string() }))
    .default([]),
});

function progressOf(dataVolume: KubernetesObject): { phase: string; progress: number } {
  const { phase, progress } = z
    .object({ phase: z.string().default(''), progress: z.string().default('0%') })
    .parse(dataVolume.status ?? {});
  const percent = Number.parseFloat(progress);
  return { phase, progress: Number.isNaN(percent) ? 0 : percent };
}

interface ImportStep {
  readonly phase: string;
  readonly progress?: string;
}

function importSteps(dataVolume: KubernetesObject): ImportStep[] {
  const source = dataVolume.spec?.source;
  // A blank image is formatted, not copied.
  if (typeof source === 'object' && source !== null && 'blank' in source) {
    return [{ phase: 'Pending', progress: 'N/A' }];
  }
  const copying = ['12.0%', '37.5%', '61.25%', '88.9%'];
  return [
    { phase: 'Pending', progress: 'N/A' },
    { phase: 'ImportScheduled', progress: 'N/A' },
    ...copying.map((progress) => ({ phase: 'ImportInProgress', progress })),
  ];
}

function conditionsOf(phase: string): object[] {
  const now = new Date().toISOString();
  const condition = (type: string, status: boolean, reason: string) => ({
    type,
    status: status ? 'True' : 'False',
    reason,
    lastTransitionTime: now,
    lastHeartbeatTime: now,
  });
  return [
    condition('Bound', phase !== 'Pending', phase === 'Pending' ? 'Pending' : 'Bound'),
    condition('Ready', phase === 'Succeeded', phase === 'Succeeded' ? '' : 'TransferRunning'),
    condition('Running', phase === 'ImportInProgress', phase === 'Failed' ? 'Error' : ''),
  ];
}
