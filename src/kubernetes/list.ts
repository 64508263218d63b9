import { FailureReason, failedFor, type KubernetesCall } from './errors.js';
import { malformed } from './failure.js';
import {
  listEnvelope,
  parseObject,
  qualifiedName,
  type KubernetesObject,
  type Resource,
} from './kubernetes-object.js';
import { resourcePath } from './resource-path.js';
import type { Transport } from './transport.js';

/** Which objects of a resource. */
export interface Selection {
  /** All namespaces where left out. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

export interface PageRequest extends Selection {
  /** Objects a page. @default 500 */
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
  /** Only names, labels and versions: a fraction of the size. */
  readonly metadataOnly?: boolean | undefined;
  /** State of the cluster at exactly this version, for as long as the server keeps it. */
  readonly exactVersion?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ObjectPage {
  readonly objects: readonly KubernetesObject[];
  /** Version of the list: where a watch goes on. The same on all pages of one list. */
  readonly resourceVersion: string;
  /** Leads to the next page; undefined after the last. */
  readonly continue: string | undefined;
  /** Objects still to come, where the server tells. */
  readonly remaining: number | undefined;
}

const metadataAccept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const defaultLimit = 500;
const restarts = 3;

/**
 * One page of a list.
 *
 * @throws KubernetesError with reason `expired` where the place is no longer kept by the server.
 */
export async function listPage(
  transport: Transport,
  resource: Resource,
  request: PageRequest,
): Promise<ObjectPage> {
  const call: KubernetesCall = {
    verb: 'list',
    resource: qualifiedName(resource),
    namespace: request.namespace,
  };
  const isFirst = request.continue === undefined;
  const { body } = await transport.send({
    ...call,
    method: 'GET',
    path: resourcePath(resource, request.namespace),
    query: {
      limit: request.limit ?? defaultLimit,
      continue: request.continue,
      labelSelector: request.labelSelector,
      fieldSelector: request.fieldSelector,
      ...(isFirst && request.exactVersion !== undefined
        ? { resourceVersion: request.exactVersion, resourceVersionMatch: 'Exact' }
        : {}),
    },
    ...(request.metadataOnly === true ? { accept: metadataAccept } : {}),
    signal: request.signal,
    repeatable: true,
  });
  const envelope = listEnvelope.safeParse(body);
  if (!envelope.success) throw malformed(call, 'the answer is not a list');
  const { metadata, items } = envelope.data;
  const objects = items.map((item) => {
    const object = parseObject(resource, item);
    if (object === undefined) throw malformed(call, 'an object of the list has no name');
    return object;
  });
  return {
    objects,
    resourceVersion: metadata?.resourceVersion ?? '',
    continue: metadata?.continue === '' ? undefined : metadata?.continue,
    remaining: metadata?.remainingItemCount,
  };
}

/** Pages of one consistent list, one at a time in memory. Ends with `expired` where it takes too long. */
export async function* listPages(
  transport: Transport,
  resource: Resource,
  request: Omit<PageRequest, 'continue'> = {},
): AsyncGenerator<ObjectPage, void, undefined> {
  let place: string | undefined;
  do {
    const page: ObjectPage = await listPage(transport, resource, { ...request, continue: place });
    yield page;
    place = page.continue;
  } while (place !== undefined);
}

/** A whole list: every page of it, or an error. */
export interface ObjectList {
  readonly objects: readonly KubernetesObject[];
  readonly resourceVersion: string;
}

/**
 * Every object, or an error: a list that expires between two pages is begun again. For selections
 * that are known to be small; use {@link listPages} for whole kinds.
 */
export async function listAll(
  transport: Transport,
  resource: Resource,
  request: Omit<PageRequest, 'continue'> = {},
): Promise<ObjectList> {
  for (let restart = 0; ; restart += 1) {
    try {
      const objects: KubernetesObject[] = [];
      let resourceVersion = '';
      for await (const page of listPages(transport, resource, request)) {
        objects.push(...page.objects);
        resourceVersion = page.resourceVersion;
      }
      return { objects, resourceVersion };
    } catch (error) {
      if (restart >= restarts || !failedFor(error, FailureReason.expired)) throw error;
    }
  }
}
