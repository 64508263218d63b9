import {
  KubernetesError,
  failedFor,
  resources,
  type Cluster,
  type KubernetesObject,
  type Resource,
} from '../kubernetes/index.js';
import type { Fence } from './fence.js';
import type { Manifest } from './manifest.js';
import { FenceLostError, ForeignObjectError, ObjectChangedError } from './migration-error.js';
import { describePlace, type ObjectPlace } from './object-place.js';
import { epochAnnotation, isOwnedBy, ownedSelector, stamped } from './ownership.js';

export interface FencedClusterOptions {
  readonly cluster: Cluster;
  readonly fence: Fence;
  readonly signal: AbortSignal;
  readonly namespace: string;
  readonly run: string;
  /** Id of the source machine in the graph, for the annotation. */
  readonly sourceVirtualMachine: string;
  /** Name of the machine, for errors. */
  readonly machineName: string;
}

/** As many as one can read in an error. */
const loggedLines = 10;

/** What a run may change on an object after it was created. */
export interface Change {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly labels?: Readonly<Record<string, string | null>>;
}

/**
 * The target namespace of one run: looks freely, acts through the fence, touches only its own.
 *
 * Losing the turn ends a look, but never a change that is on its way: it may take effect after all,
 * and somebody has to be there to see that. The cluster's own time limit bounds it.
 */
export class FencedCluster {
  constructor(private readonly options: FencedClusterOptions) {}

  at(resource: Resource, name: string): ObjectPlace {
    return { resource, namespace: this.options.namespace, name };
  }

  get(resource: Resource, name: string): Promise<KubernetesObject | undefined> {
    const { cluster, namespace, signal } = this.options;
    return cluster.get(resource, { namespace, name }, signal);
  }

  async namespaceExists(): Promise<boolean> {
    const { cluster, namespace, signal } = this.options;
    return (await cluster.get(resources.namespace, { name: namespace }, signal)) !== undefined;
  }

  /** Objects of the resource that this run made. */
  async owned(resource: Resource): Promise<readonly KubernetesObject[]> {
    const { cluster, namespace, run, signal } = this.options;
    const selection = { namespace, labelSelector: ownedSelector(run), signal };
    return (await cluster.list(resource, selection)).objects;
  }

  /** The newest Pod with the labels, where it can be read: for explanations, not for decisions. */
  async podWith(labelSelector: string): Promise<KubernetesObject | undefined> {
    const { cluster, namespace, signal } = this.options;
    try {
      const { objects } = await cluster.list(resources.pod, { namespace, labelSelector, signal });
      return objects.at(-1);
    } catch (error) {
      // Pods go, and accounts may lack the right.
      if (error instanceof KubernetesError) return undefined;
      throw error;
    }
  }

  /** The last lines that the Pods of a Job wrote, where they can still be read. */
  async jobLog(job: string, container: string): Promise<string | undefined> {
    const { cluster, namespace, signal } = this.options;
    const last = await this.podWith(`batch.kubernetes.io/job-name=${job}`);
    if (last === undefined) return undefined;
    const { name } = last.metadata;
    try {
      return await cluster.logs({ namespace, name }, { container, tailLines: loggedLines, signal });
    } catch (error) {
      // A log is a help only: Pods go, and accounts may lack the right.
      if (error instanceof KubernetesError) return undefined;
      throw error;
    }
  }

  isOwn(object: KubernetesObject): boolean {
    return isOwnedBy(object, this.options.run);
  }

  /**
   * The object of that name, if it is this run's or nobody's.
   * @throws ForeignObjectError where it is somebody else's.
   */
  async own(resource: Resource, name: string): Promise<KubernetesObject | undefined> {
    const found = await this.get(resource, name);
    if (found !== undefined && !this.isOwn(found)) throw this.foreign(resource, name);
    return found;
  }

  /**
   * Makes sure that the object is there. Whoever lost a race, or crashed after creating it, finds
   * it under its deterministic name and goes on with it. Created rather than applied: an apply
   * would merge into an object that somebody else made a moment before.
   * @throws ForeignObjectError where the name belongs to somebody else's object.
   */
  async ensure(resource: Resource, manifest: Manifest): Promise<KubernetesObject> {
    const { name } = manifest.metadata;
    const found = await this.own(resource, name);
    if (found !== undefined) return found;
    const { cluster, fence, namespace, run, sourceVirtualMachine } = this.options;
    const object = stamped(manifest, { run, epoch: fence.epoch, namespace, sourceVirtualMachine });
    const effect = { verb: 'create', target: describePlace(this.at(resource, name)) };
    let created: KubernetesObject;
    try {
      created = await fence.act(effect, () => cluster.create(resource, object));
    } catch (error) {
      if (fence.calledOff) await this.takeBackUnanswered(resource, name);
      if (!failedFor(error, 'alreadyExists')) throw error;
      const other = await this.own(resource, name);
      if (other === undefined) throw error;
      return other;
    }
    if (fence.calledOff) await this.takeBack(resource, created);
    return created;
  }

  /**
   * Changes an own object on condition that it is still the very one that was read.
   * @throws ObjectChangedError where it was written, removed or made anew since.
   */
  async change(resource: Resource, read: KubernetesObject, change: Change): Promise<void> {
    const { name, uid, resourceVersion, annotations } = read.metadata;
    const place = this.at(resource, name);
    if (!this.isOwn(read)) throw this.foreign(resource, name);
    const { cluster, fence, namespace } = this.options;
    // A newer turn has written to it since ours began: then ours is over, whatever the graph said.
    if (Number(annotations?.[epochAnnotation] ?? 0) > fence.epoch) {
      throw new ObjectChangedError(place);
    }
    const patch = {
      metadata: {
        uid,
        resourceVersion,
        annotations: { [epochAnnotation]: String(fence.epoch) },
        ...(change.labels === undefined ? {} : { labels: change.labels }),
      },
      ...(change.spec === undefined ? {} : { spec: change.spec }),
    };
    try {
      const effect = { verb: 'change', target: describePlace(place) };
      await fence.act(effect, () => cluster.patch(resource, { namespace, name }, patch));
    } catch (cause) {
      if (!failedFor(cause, 'conflict', 'preconditionFailed', 'notFound')) throw cause;
      throw new ObjectChangedError(place, { cause });
    }
  }

  /** Deletes an object of this run; one that is gone, is another now, or is not ours stays. */
  async remove(resource: Resource, object: KubernetesObject): Promise<void> {
    const { uid, name } = object.metadata;
    if (uid === undefined || !this.isOwn(object)) return;
    const { cluster, fence, namespace } = this.options;
    const effect = { verb: 'delete', target: describePlace(this.at(resource, name)) };
    await fence.act(effect, () => cluster.remove(resource, { namespace, name, uid }));
  }

  /**
   * A creation that took effect after the run was called off: the rollback has looked already and
   * would not see it. Without the fence, since this turn has none any more; the UID is enough.
   */
  private async takeBack(resource: Resource, { metadata }: KubernetesObject): Promise<void> {
    const { name, uid } = metadata;
    const { cluster, namespace, fence } = this.options;
    if (uid !== undefined) await cluster.remove(resource, { namespace, name, uid });
    throw new FenceLostError(fence.machine, fence.epoch);
  }

  /** The same where no answer told whether the object was created. */
  private async takeBackUnanswered(resource: Resource, name: string): Promise<void> {
    const { cluster, namespace } = this.options;
    const found = await cluster.get(resource, { namespace, name });
    if (found !== undefined && this.isOwn(found)) await this.takeBack(resource, found);
  }

  private foreign(resource: Resource, name: string): ForeignObjectError {
    return new ForeignObjectError(this.at(resource, name), this.options.machineName);
  }
}
