import { Agent, request, type Dispatcher } from 'undici';
import { LabError } from './lab-error.js';

/** The part of a Kubernetes object that the lab reads; the rest stays as it is. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** One line of a watch. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubernetesObject;
}

/** Kinds whose path is not their lower-case name with an s. */
const plurals: Readonly<Record<string, string>> = {
  NetworkAttachmentDefinition: 'network-attachment-definitions',
  NodeNetworkConfigurationPolicy: 'nodenetworkconfigurationpolicies',
  StorageClass: 'storageclasses',
};

const fieldManager = 'opal-lab';

/** Path of a kind's collection, for instance `/apis/apps/v1/namespaces/a/deployments`. */
export function collectionPath(apiVersion: string, kind: string, namespace?: string): string {
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const plural = plurals[kind] ?? `${kind.toLowerCase()}s`;
  return namespace === undefined
    ? `${base}/${plural}`
    : `${base}/namespaces/${namespace}/${plural}`;
}

export function objectPath(object: KubernetesObject): string {
  const { name, namespace } = object.metadata;
  return `${collectionPath(object.apiVersion, object.kind, namespace)}/${name}`;
}

export interface ClusterResponse {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The API server answers with a JSON object; what it passes on to others may be plain text. */
function parsed(text: string): ClusterResponse['body'] {
  try {
    return JSON.parse(text) as ClusterResponse['body'];
  } catch {
    return { message: text.trim() };
  }
}

/** A small client of an API server: just what the lab needs to set a cluster up and to test it. */
export class ClusterClient {
  readonly #agent: Agent;

  constructor(
    readonly url: string,
    readonly token: string,
    certificateAuthority: string,
  ) {
    this.#agent = new Agent({ connect: { ca: certificateAuthority } });
  }

  /** Any call; the answer is given whatever its status. */
  async send(
    method: Dispatcher.HttpMethod,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<ClusterResponse> {
    const response = await request(`${this.url}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': contentType },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.body.text();
    return { status: response.statusCode, body: parsed(text) };
  }

  async #expect(
    method: Dispatcher.HttpMethod,
    path: string,
    body?: unknown,
    contentType?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.send(method, path, body, contentType);
    if (answer.status < 400) return answer.body;
    throw new LabError({
      what: 'The cluster of the lab refused a call',
      subject: `${method} ${path}`,
      why: `${answer.status}: ${String(answer.body.message)}`,
      remedy: 'Read what the API server says; the object was made by the lab',
    });
  }

  /** Server-side apply: creates the object or makes it so. */
  async apply(object: KubernetesObject): Promise<KubernetesObject> {
    const path = `${objectPath(object)}?fieldManager=${fieldManager}&force=true`;
    // An object as the API server returns it.
    return (await this.#expect(
      'PATCH',
      path,
      object,
      'application/apply-patch+yaml',
    )) as KubernetesObject;
  }

  /** Merges into the status, which a normal write leaves alone. */
  async patchStatus(object: KubernetesObject, status: object): Promise<void> {
    await this.#expect(
      'PATCH',
      `${objectPath(object)}/status`,
      { status },
      'application/merge-patch+json',
    );
  }

  async get(
    apiVersion: string,
    kind: string,
    name: string,
    namespace?: string,
  ): Promise<KubernetesObject | undefined> {
    const path = `${collectionPath(apiVersion, kind, namespace)}/${name}`;
    const { status, body } = await this.send('GET', path);
    if (status === 404) return undefined;
    // As above.
    return body as KubernetesObject;
  }

  async list(
    apiVersion: string,
    kind: string,
    namespace?: string,
  ): Promise<{ readonly items: readonly KubernetesObject[]; readonly resourceVersion: string }> {
    // Lists have one shape for all kinds.
    const list = (await this.#expect('GET', collectionPath(apiVersion, kind, namespace))) as {
      readonly items: readonly Omit<KubernetesObject, 'apiVersion' | 'kind'>[];
      readonly metadata: { readonly resourceVersion: string };
    };
    // The items of a list leave out what the list itself says; put it back.
    const items = list.items.map((item) => ({ ...item, apiVersion, kind }) as KubernetesObject);
    return { items, resourceVersion: list.metadata.resourceVersion };
  }

  /** Removes an object if it is there; dependents go in the background. */
  async remove(object: KubernetesObject): Promise<void> {
    const { status } = await this.send(
      'DELETE',
      `${objectPath(object)}?propagationPolicy=Background`,
    );
    if (status !== 404 && status >= 400) await this.#expect('DELETE', objectPath(object));
  }

  /** Events of a kind from a resource version on, until the signal or the server ends it. */
  async *watch(
    apiVersion: string,
    kind: string,
    resourceVersion: string,
    signal: AbortSignal,
  ): AsyncGenerator<WatchEvent> {
    const query = `?watch=1&allowWatchBookmarks=true&resourceVersion=${resourceVersion}`;
    const response = await request(`${this.url}${collectionPath(apiVersion, kind)}${query}`, {
      dispatcher: this.#agent,
      headers: { authorization: `Bearer ${this.token}` },
      // A watch is silent for as long as nothing changes.
      bodyTimeout: 0,
      signal,
    });
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      // The body of undici yields bytes.
      rest += decoder.decode(chunk as Uint8Array, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      // The API server writes one event a line.
      for (const line of lines) if (line !== '') yield JSON.parse(line) as WatchEvent;
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
