import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  clusterConfiguration,
  connectCluster,
  resources,
  type Cluster,
  type ObjectChange,
} from '../../src/kubernetes/index.js';
import { startFaultProxy, type FaultProxy } from './fault-proxy.js';
import { newNamespace, realCluster } from './real-cluster.js';

const configMap = (namespace: string, name: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

let proxy: FaultProxy;
let faulty: Cluster;
let direct: Cluster;
let namespace: string;
let stop: AbortController;

beforeEach(async () => {
  const real = await realCluster();
  direct = real.cluster;
  namespace = await newNamespace('faults');
  proxy = await startFaultProxy(direct.server, real.folder);
  faulty = await connectCluster(
    clusterConfiguration.parse({
      server: proxy.url,
      token: real.token,
      certificateAuthority: real.authority,
    }),
  );
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await faulty.close();
  await proxy.stop();
});

/** A fault for the first requests that fit, and none after. */
function failFirst(
  times: number,
  fits: (request: { method: string; url: URL }) => boolean,
  fault: ReturnType<FaultProxy['decide']>,
): void {
  let left = times;
  proxy.decide = (request) => {
    if (left === 0 || !fits(request)) return undefined;
    left -= 1;
    return fault;
  };
}

const isWatch = ({ url }: { url: URL }): boolean => url.searchParams.get('watch') === 'true';

const describeChange = (change: ObjectChange): string => {
  switch (change.type) {
    case 'changed':
      return `${change.object.metadata.name} ${JSON.stringify(change.object.data ?? {})}`;
    case 'removed':
      return `${change.key.split('/')[1] ?? ''} removed`;
    case 'upToDate':
      return '';
  }
};

/** Follows the watch until the wanted change was seen, and gives all that were. */
async function seenUntil(changes: AsyncIterator<ObjectChange>, wanted: string): Promise<string[]> {
  const seen: string[] = [];
  for (;;) {
    const next = await changes.next();
    if (next.done === true) throw new Error(`ended without ${wanted}: ${seen.join(', ')}`);
    const text = describeChange(next.value);
    if (text !== '') seen.push(text);
    if (text === wanted) return seen;
  }
}

describe('a call', () => {
  it('is sent again after 429 with Retry-After', async () => {
    const busy = { type: 'answer', status: 429, headers: { 'retry-after': '1' } } as const;
    failFirst(2, () => true, busy);
    await faulty.create(resources.configMap, configMap(namespace, 'patient'));
    expect(proxy.requests).toHaveLength(3);
  });

  it('gives up on 429 with the reason once it was refused six times', async () => {
    proxy.decide = () => ({ type: 'answer', status: 429, headers: { 'retry-after': '0.05' } });
    await expect(faulty.version()).rejects.toMatchObject({
      reason: 'tooManyRequests',
      retryable: true,
    });
    expect(proxy.requests).toHaveLength(6);
  });

  it('is repeated after a lost answer where repeating is harmless', async () => {
    failFirst(1, ({ method }) => method === 'PATCH', { type: 'doneAndCut' });
    await faulty.apply(resources.configMap, configMap(namespace, 'again', { a: '1' }));
    expect(proxy.requests.map(({ method }) => method)).toEqual(['PATCH', 'PATCH']);
  });

  it('is not repeated after a lost answer where it creates', async () => {
    failFirst(1, ({ method }) => method === 'POST', { type: 'doneAndCut' });
    const lost = faulty.create(resources.configMap, configMap(namespace, 'once'));
    await expect(lost).rejects.toMatchObject({ reason: 'unreachable', retryable: true });
    expect(proxy.requests).toHaveLength(1);
    expect(await direct.get(resources.configMap, { namespace, name: 'once' })).toBeDefined();
  });

  it('ends with the reason of the caller who stopped it', async () => {
    proxy.decide = () => ({ type: 'silence' });
    const call = faulty.version(stop.signal);
    stop.abort(new Error('the caller had enough'));
    await expect(call).rejects.toThrow('the caller had enough');
  });

  it('explains an answer that does not come from an API server', async () => {
    proxy.decide = () => ({ type: 'answer', status: 200, body: 'welcome' });
    await expect(faulty.list(resources.pod)).rejects.toMatchObject({
      reason: 'malformedAnswer',
    });
  });
});

describe('a list', () => {
  it('starts over when its place between two pages has expired', async () => {
    for (const name of ['a', 'b', 'c']) {
      await direct.apply(resources.configMap, configMap(namespace, name));
    }
    failFirst(1, ({ url }) => url.searchParams.has('continue'), { type: 'answer', status: 410 });
    const list = await faulty.list(resources.configMap, { namespace, limit: 2 });
    expect(list.objects.map((object) => object.metadata.name)).toEqual(['a', 'b', 'c']);
  });

  it('is an error where one page cannot be read', async () => {
    for (const name of ['a', 'b', 'c']) {
      await direct.apply(resources.configMap, configMap(namespace, name));
    }
    proxy.decide = ({ url }) =>
      url.searchParams.has('continue') ? { type: 'answer', status: 403 } : undefined;
    const list = faulty.list(resources.configMap, { namespace, limit: 2 });
    await expect(list).rejects.toMatchObject({ reason: 'forbidden' });
  });
});

describe('a supervised watch', () => {
  const watch = (options: { levelCheckMs?: number; stallMs?: number } = {}) =>
    faulty.watch(resources.configMap, { namespace, signal: stop.signal, ...options });

  it('gives what is there, then what changes', async () => {
    await direct.apply(resources.configMap, configMap(namespace, 'first'));
    const changes = watch();
    await seenUntil(changes, 'first {}');
    const applied = await direct.apply(
      resources.configMap,
      configMap(namespace, 'first', { a: '1' }),
    );
    await seenUntil(changes, 'first {"a":"1"}');
    const uid = applied.metadata.uid ?? '';
    await direct.remove(resources.configMap, { namespace, name: 'first', uid });
    expect(await seenUntil(changes, 'first removed')).toEqual(['first removed']);
  });

  it('goes on after the connection was cut', async () => {
    const changes = watch();
    await direct.apply(resources.configMap, configMap(namespace, 'before'));
    await seenUntil(changes, 'before {}');
    proxy.cutAll();
    await direct.apply(resources.configMap, configMap(namespace, 'after'));
    expect(await seenUntil(changes, 'after {}')).toEqual(['after {}']);
  });

  it('starts over from a list after 410 and reports what it missed', async () => {
    const made = await direct.apply(resources.configMap, configMap(namespace, 'goes'));
    const gone = { kind: 'Status', code: 410, message: 'too old resource version' };
    let tooOld: string | null | undefined;
    proxy.decide = ({ url }) => {
      const version = url.searchParams.get('resourceVersion');
      if (!isWatch({ url })) return undefined;
      tooOld ??= version;
      // As a real server does: the version that was too old once stays so.
      return version === tooOld
        ? { type: 'answer', status: 200, body: { type: 'ERROR', object: gone } }
        : undefined;
    };
    const changes = watch();
    await seenUntil(changes, 'goes {}');
    const uid = made.metadata.uid ?? '';
    await direct.remove(resources.configMap, { namespace, name: 'goes', uid });
    expect(await seenUntil(changes, 'goes removed')).toEqual(['goes removed']);
  });

  it('drops a connection that fell silent', async () => {
    failFirst(1, isWatch, { type: 'silence' });
    await direct.apply(resources.configMap, configMap(namespace, 'start'));
    const changes = watch({ stallMs: 300 });
    await seenUntil(changes, 'start {}');
    await direct.apply(resources.configMap, configMap(namespace, 'heard'));
    await seenUntil(changes, 'heard {}');
    expect(proxy.requests.filter(isWatch).length).toBeGreaterThan(1);
  });

  it('finds by comparison what the stream never tells', async () => {
    proxy.decide = (request) => (isWatch(request) ? { type: 'silence' } : undefined);
    const kept = await direct.apply(resources.configMap, configMap(namespace, 'kept'));
    const changes = watch({ levelCheckMs: 400 });
    await seenUntil(changes, 'kept {}');
    await direct.apply(resources.configMap, configMap(namespace, 'new'));
    await seenUntil(changes, 'new {}');
    const uid = kept.metadata.uid ?? '';
    await direct.remove(resources.configMap, { namespace, name: 'kept', uid });
    expect(await seenUntil(changes, 'kept removed')).toEqual(['kept removed']);
  });

  it('takes nothing as removed while the list cannot be read', async () => {
    await direct.apply(resources.configMap, configMap(namespace, 'stays'));
    const changes = watch({ levelCheckMs: 300 });
    await seenUntil(changes, 'stays {}');
    let refused = 0;
    proxy.decide = ({ url }) => {
      if (isWatch({ url })) return { type: 'silence' };
      refused += 1;
      return refused < 4 ? { type: 'answer', status: 500 } : undefined;
    };
    await direct.apply(resources.configMap, configMap(namespace, 'sign'));
    expect(await seenUntil(changes, 'sign {}')).toEqual(['sign {}']);
  });

  it('ends at once where the account may not watch', async () => {
    failFirst(1, isWatch, { type: 'answer', status: 403 });
    const changes = watch();
    await expect(seenUntil(changes, 'never')).rejects.toMatchObject({ reason: 'forbidden' });
  });

  it('ends without an error when its signal is aborted', async () => {
    const changes = watch();
    await direct.apply(resources.configMap, configMap(namespace, 'last'));
    await seenUntil(changes, 'last {}');
    stop.abort();
    const rest: string[] = [];
    for await (const change of changes) rest.push(describeChange(change));
    expect(rest.filter((text) => text !== '')).toEqual([]);
  });
});
