import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { KubernetesCall } from '../errors.js';
import { connectionFailure, expired, malformed, refusal } from '../failure.js';
import {
  parseObject,
  qualifiedName,
  type KubernetesObject,
  type Resource,
} from '../kubernetes-object.js';
import type { Selection } from '../list.js';
import { resourcePath } from '../resource-path.js';
import type { Transport } from '../transport.js';

export type StreamEvent =
  | { readonly type: 'changed' | 'removed'; readonly object: KubernetesObject }
  | { readonly type: 'bookmark'; readonly resourceVersion: string };

export interface StreamRequest extends Selection {
  readonly resourceVersion: string;
  readonly signal: AbortSignal;
}

const longestLine = 8 * 1024 * 1024;
/** The server ends a stream after this long; a spread keeps many streams from ending at once. */
const lifetimeSeconds = { least: 240, spread: 60 };

const envelope = z.object({ type: z.string(), object: z.unknown() });
const bookmark = z.object({ metadata: z.object({ resourceVersion: z.string() }) });
const errorStatus = z.object({ code: z.number().optional(), message: z.string().optional() });

async function* lines(call: KubernetesCall, body: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      rest += decoder.decode(chunk, { stream: true });
      const parts = rest.split('\n');
      rest = parts.pop() ?? '';
      if (rest.length > longestLine) throw malformed(call, 'an event of the stream has no end');
      for (const line of parts) if (line !== '') yield line;
    }
    if (rest.trim() !== '') yield rest;
  } catch (error) {
    throw error instanceof Error && 'verb' in error ? error : connectionFailure(call, error);
  }
}

function readEvent(
  call: KubernetesCall,
  resource: Resource,
  line: string,
): StreamEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw malformed(call, 'an event of the stream is not JSON');
  }
  const event = envelope.safeParse(value);
  if (!event.success) throw malformed(call, 'an event of the stream has no type');
  const { type, object } = event.data;
  if (type === 'BOOKMARK') {
    const mark = bookmark.safeParse(object);
    return mark.success
      ? { type: 'bookmark', resourceVersion: mark.data.metadata.resourceVersion }
      : undefined;
  }
  if (type === 'ERROR') {
    const status = errorStatus.safeParse(object).data;
    const why = status?.message ?? 'the server ended the stream with an error';
    if (status?.code === 410) throw expired(call, why);
    throw refusal(call, status?.code ?? 500, {
      reason: undefined,
      message: why,
      causes: [],
      retryAfterSeconds: undefined,
    });
  }
  const parsed = parseObject(resource, object);
  if (parsed === undefined) throw malformed(call, 'an object of the stream has no name');
  return { type: type === 'DELETED' ? 'removed' : 'changed', object: parsed };
}

/**
 * One connection's worth of changes after a version. Ends when the server ends it; throws
 * `expired` where the version is no longer kept.
 */
export async function* openStream(
  transport: Transport,
  resource: Resource,
  request: StreamRequest,
): AsyncGenerator<StreamEvent, void, undefined> {
  const call: KubernetesCall = {
    verb: 'watch',
    resource: qualifiedName(resource),
    namespace: request.namespace,
  };
  const body = await transport.open({
    ...call,
    method: 'GET',
    path: resourcePath(resource, request.namespace),
    query: {
      watch: true,
      allowWatchBookmarks: true,
      resourceVersion: request.resourceVersion,
      labelSelector: request.labelSelector,
      fieldSelector: request.fieldSelector,
      timeoutSeconds: Math.round(lifetimeSeconds.least + Math.random() * lifetimeSeconds.spread),
    },
    signal: request.signal,
    repeatable: false,
  });
  try {
    for await (const line of lines(call, body)) {
      const event = readEvent(call, resource, line);
      if (event !== undefined) yield event;
    }
  } finally {
    body.destroy();
  }
}
