import { z } from 'zod';
import type { ClusterConfiguration } from './access/configuration.js';
import { strictKubeconfigPolicy, type KubeconfigPolicy } from './access/policy.js';
import { resolveAccess } from './access/resolve.js';
import { FailureReason, failedFor } from './errors.js';
import { malformed } from './failure.js';
import type { DesiredObject, KubernetesObject, ObjectName, Resource } from './kubernetes-object.js';
import { qualifiedName } from './kubernetes-object.js';
import {
  listAll,
  listPage,
  listPages,
  type ObjectList,
  type ObjectPage,
  type PageRequest,
} from './list.js';
import { objectPath } from './resource-path.js';
import { reviewRights, type Right, type RightReview } from './rights.js';
import { openTransport, type Transport } from './transport.js';
import { superviseWatch, type ObjectChange, type WatchRequest } from './watch/supervised-watch.js';
import {
  applyObject,
  createObject,
  getObject,
  mergePatch,
  removeObject,
  type ApplyOptions,
  type RemoveOptions,
  type WriteOptions,
} from './write.js';

export interface ClusterVersion {
  /** For instance v1.34.1. */
  readonly version: string;
  readonly platform: string;
  /** The cluster's clock minus ours, in seconds, where the answer tells. */
  readonly clockSkewSeconds: number | undefined;
}

export interface LogRequest {
  readonly container?: string;
  /** Last lines. @default 200 */
  readonly tailLines?: number;
  readonly signal?: AbortSignal;
}

const versionAnswer = z.object({ gitVersion: z.string(), platform: z.string().default('') });
const resourceListAnswer = z.object({ resources: z.array(z.object({ name: z.string() })) });

/**
 * A Kubernetes cluster. Every call honours its signal, waits where the server asks it to
 * (429 and 503 with Retry-After), repeats what is safe to repeat, and fails with a
 * `KubernetesError` that names verb, object, reason and remedy.
 */
export class Cluster {
  constructor(
    /** Name to show: the context of the kubeconfig, or the host. */
    readonly name: string,
    readonly server: string,
    private readonly transport: Transport,
  ) {}

  /** Calls sent so far, repeats included. */
  get sentCalls(): number {
    return this.transport.sentCalls;
  }

  /** One page of a list and where the next one begins. */
  page(resource: Resource, request: PageRequest = {}): Promise<ObjectPage> {
    return listPage(this.transport, resource, request);
  }

  /** Pages of one consistent list, one at a time in memory. */
  pages(
    resource: Resource,
    request: Omit<PageRequest, 'continue'> = {},
  ): AsyncGenerator<ObjectPage, void, undefined> {
    return listPages(this.transport, resource, request);
  }

  /** Every object of a selection that is known to be small: all pages or an error. */
  list(resource: Resource, request: Omit<PageRequest, 'continue'> = {}): Promise<ObjectList> {
    return listAll(this.transport, resource, request);
  }

  /** One object; undefined where there is none. */
  get(
    resource: Resource,
    name: ObjectName,
    signal?: AbortSignal,
  ): Promise<KubernetesObject | undefined> {
    return getObject(this.transport, resource, name, signal);
  }

  /** Server-side apply as field manager `opal`: our default way to write. */
  apply(
    resource: Resource,
    object: DesiredObject,
    options: ApplyOptions = {},
  ): Promise<KubernetesObject> {
    return applyObject(this.transport, resource, object, options);
  }

  /** Creates an object; one that exists already is an `alreadyExists`. */
  create(
    resource: Resource,
    object: DesiredObject,
    options: WriteOptions = {},
  ): Promise<KubernetesObject> {
    return createObject(this.transport, resource, object, options);
  }

  /** JSON merge patch of an object or of a subresource of it. */
  patch(
    resource: Resource,
    name: ObjectName,
    patch: Readonly<Record<string, unknown>>,
    options: WriteOptions & { readonly subresource?: string } = {},
  ): Promise<KubernetesObject> {
    return mergePatch(this.transport, resource, name, patch, options);
  }

  /** Deletes the object of exactly this UID. */
  remove(
    resource: Resource,
    name: ObjectName & { readonly uid: string },
    options: RemoveOptions = {},
  ): Promise<'removed' | 'absent'> {
    return removeObject(this.transport, resource, name, options);
  }

  /** Changes of a resource, without end; see `superviseWatch`. */
  watch(resource: Resource, request: WatchRequest): AsyncGenerator<ObjectChange, void, undefined> {
    return superviseWatch(this.transport, resource, request);
  }

  /** Which of the rights our account has, in the order given. */
  review(rights: readonly Right[], signal?: AbortSignal): Promise<readonly RightReview[]> {
    return reviewRights(this.transport, rights, signal);
  }

  /**
   * An action of KubeVirt on a machine, such as start or stop. Not repeated by itself: read the
   * machine to see whether it took effect.
   */
  async act(
    machine: ObjectName & { readonly namespace: string },
    action: 'start' | 'stop' | 'restart',
    signal?: AbortSignal,
  ): Promise<void> {
    const group = 'subresources.kubevirt.io';
    const resource = { group, version: 'v1', plural: 'virtualmachines', kind: 'VirtualMachine' };
    await this.transport.send({
      verb: 'update',
      resource: `virtualmachines/${action}.${group}`,
      ...machine,
      method: 'PUT',
      path: objectPath({ ...resource, namespaced: true }, machine, action),
      body: {},
      signal,
      repeatable: false,
    });
  }

  /** The last lines a container wrote, at most 1 MiB. */
  logs(
    pod: ObjectName & { readonly namespace: string },
    request: LogRequest = {},
  ): Promise<string> {
    const query = new URLSearchParams({
      tailLines: String(request.tailLines ?? 200),
      limitBytes: String(1024 * 1024),
      ...(request.container === undefined ? {} : { container: request.container }),
    });
    return this.transport.sendForText({
      verb: 'get',
      resource: 'pods/log',
      ...pod,
      method: 'GET',
      path: `/api/v1/namespaces/${encodeURIComponent(pod.namespace)}/pods/${encodeURIComponent(pod.name)}/log`,
      query: Object.fromEntries(query),
      accept: 'text/plain, */*',
      signal: request.signal,
      repeatable: true,
    });
  }

  /** Whether the cluster serves the resource: a CRD of its group and version is installed. */
  async serves(resource: Resource, signal?: AbortSignal): Promise<boolean> {
    const { group, version, plural } = resource;
    const call = { verb: 'get', resource: qualifiedName(resource) };
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    const answer = await this.findGroup(call, path, signal);
    return answer?.includes(plural) ?? false;
  }

  async version(signal?: AbortSignal): Promise<ClusterVersion> {
    const call = { verb: 'get', resource: '/version' };
    const { body, date } = await this.transport.send({
      ...call,
      method: 'GET',
      path: '/version',
      signal,
      repeatable: true,
    });
    const answer = versionAnswer.safeParse(body);
    if (!answer.success) throw malformed(call, 'the answer is not a version');
    const skew = date === undefined ? Number.NaN : (date.getTime() - Date.now()) / 1000;
    return {
      version: answer.data.gitVersion,
      platform: answer.data.platform,
      clockSkewSeconds: Number.isFinite(skew) ? Math.round(skew) : undefined,
    };
  }

  /** Ends all connections, streams included. */
  close(): Promise<void> {
    return this.transport.close();
  }

  private async findGroup(
    call: { verb: string; resource: string },
    path: string,
    signal: AbortSignal | undefined,
  ): Promise<readonly string[] | undefined> {
    try {
      const { body } = await this.transport.send({
        ...call,
        method: 'GET',
        path,
        signal,
        repeatable: true,
      });
      const answer = resourceListAnswer.safeParse(body);
      if (!answer.success) throw malformed(call, 'the answer is not a list of resources');
      return answer.data.resources.map(({ name }) => name);
    } catch (error) {
      if (failedFor(error, FailureReason.notFound)) return undefined;
      throw error;
    }
  }
}

/**
 * Prepares the access to a cluster; the first call opens the connection.
 *
 * @throws ClusterAccessError where the configuration cannot be used.
 */
export async function connectCluster(
  configuration: ClusterConfiguration,
  policy: KubeconfigPolicy = strictKubeconfigPolicy,
): Promise<Cluster> {
  const access = await resolveAccess(configuration, policy);
  return new Cluster(access.name, access.server, openTransport(access));
}
