import { FailureReason, KubernetesError, failedFor, type KubernetesCall } from './errors.js';
import { malformed } from './failure.js';
import {
  apiVersionOf,
  parseObject,
  qualifiedName,
  type DesiredObject,
  type KubernetesObject,
  type ObjectName,
  type Resource,
} from './kubernetes-object.js';
import { objectPath, resourcePath } from './resource-path.js';
import type { Call, Transport } from './transport.js';

/** Under this name the API server remembers which fields are ours. */
export const fieldManager = 'opal';

export interface WriteOptions {
  /** Admission and validation as for a real write, and nothing is stored. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface ApplyOptions extends WriteOptions {
  /**
   * Take over fields of the object that another manager owns. Fields that are not in the object
   * are never touched. Without it such a field is a `conflict`.
   */
  readonly force?: boolean;
}

function callOf(verb: string, resource: Resource, name: ObjectName): KubernetesCall {
  return { verb, resource: qualifiedName(resource), namespace: name.namespace, name: name.name };
}

async function sendForObject(
  transport: Transport,
  resource: Resource,
  call: Call,
): Promise<KubernetesObject> {
  const { body } = await transport.send(call);
  const object = parseObject(resource, body);
  if (object === undefined) throw malformed(call, 'the answer is not an object');
  return object;
}

const dryRunQuery = (options: WriteOptions): { readonly dryRun?: string } =>
  options.dryRun === true ? { dryRun: 'All' } : {};

function checkMeant(resource: Resource, object: DesiredObject): void {
  if (object.apiVersion === apiVersionOf(resource) && object.kind === resource.kind) return;
  throw new KubernetesError(callOf('apply', resource, object.metadata), {
    reason: FailureReason.invalid,
    why: `the object says ${object.apiVersion} ${object.kind}`,
    remedy: 'Send it to the resource of its kind.',
    retryable: false,
  });
}

/** Server-side apply: the fields of the object become ours, all others stay as they are. */
export function applyObject(
  transport: Transport,
  resource: Resource,
  object: DesiredObject,
  options: ApplyOptions = {},
): Promise<KubernetesObject> {
  checkMeant(resource, object);
  return sendForObject(transport, resource, {
    ...callOf('patch', resource, object.metadata),
    method: 'PATCH',
    path: objectPath(resource, object.metadata),
    query: { fieldManager, force: options.force === true, ...dryRunQuery(options) },
    // JSON is YAML, which is the only form this content type knows.
    contentType: 'application/apply-patch+yaml',
    body: object,
    signal: options.signal,
    repeatable: true,
  });
}

/** Creates an object. One that exists already is an `alreadyExists`; a lost answer is not repeated. */
export function createObject(
  transport: Transport,
  resource: Resource,
  object: DesiredObject,
  options: WriteOptions = {},
): Promise<KubernetesObject> {
  checkMeant(resource, object);
  return sendForObject(transport, resource, {
    ...callOf('create', resource, object.metadata),
    method: 'POST',
    path: resourcePath(resource, object.metadata.namespace),
    query: { fieldManager, ...dryRunQuery(options) },
    body: object,
    signal: options.signal,
    repeatable: options.dryRun === true,
  });
}

/** A JSON merge patch. `subresource` is `status` for the status of a stand-in or test. */
export function mergePatch(
  transport: Transport,
  resource: Resource,
  name: ObjectName,
  patch: Readonly<Record<string, unknown>>,
  options: WriteOptions & { readonly subresource?: string } = {},
): Promise<KubernetesObject> {
  return sendForObject(transport, resource, {
    ...callOf('patch', resource, name),
    method: 'PATCH',
    path: objectPath(resource, name, options.subresource),
    query: { fieldManager, ...dryRunQuery(options) },
    contentType: 'application/merge-patch+json',
    body: patch,
    signal: options.signal,
    repeatable: true,
  });
}

export interface RemoveOptions extends WriteOptions {
  /** What happens to objects that this one owns. @default Background */
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
}

/**
 * Deletes the object of exactly this UID: another one that took its name since is left alone with
 * `preconditionFailed`. An object that is gone already counts as removed.
 *
 * @returns whether there was something to delete.
 */
export async function removeObject(
  transport: Transport,
  resource: Resource,
  name: ObjectName & { readonly uid: string },
  options: RemoveOptions = {},
): Promise<'removed' | 'absent'> {
  try {
    await transport.send({
      ...callOf('delete', resource, name),
      method: 'DELETE',
      path: objectPath(resource, name),
      query: dryRunQuery(options),
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        preconditions: { uid: name.uid },
        propagationPolicy: options.propagation ?? 'Background',
      },
      signal: options.signal,
      repeatable: true,
    });
    return 'removed';
  } catch (error) {
    if (failedFor(error, FailureReason.notFound)) return 'absent';
    throw error;
  }
}

/** Reads one object; undefined where there is none. */
export async function getObject(
  transport: Transport,
  resource: Resource,
  name: ObjectName,
  signal?: AbortSignal,
): Promise<KubernetesObject | undefined> {
  try {
    return await sendForObject(transport, resource, {
      ...callOf('get', resource, name),
      method: 'GET',
      path: objectPath(resource, name),
      signal,
      repeatable: true,
    });
  } catch (error) {
    if (failedFor(error, FailureReason.notFound)) return undefined;
    throw error;
  }
}
