import { createClient, type Client } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { SyncProgressEvent } from '../../src/events/index.js';
import type { Graph } from '../../src/graph/index.js';
import { startTestApi, type TestApi } from './api.js';
import { openSmallEstate } from './small-estate.js';

let graph: Graph;
let api: TestApi;
const clients: Client[] = [];

beforeAll(async () => {
  graph = await openSmallEstate();
  api = await startTestApi(graph, {}, { tokenCheckMs: 50 });
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});

afterAll(async () => {
  await api.close();
  await graph.close();
});

const addressOf = (): string => `${api.address.replace('http', 'ws')}/graphql`;

const connect = (token: string): Client => {
  const client = createClient({
    url: addressOf(),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
    lazy: false,
    onNonLazyError: () => undefined,
  });
  clients.push(client);
  return client;
};

const event = (seen: number, more: Partial<SyncProgressEvent> = {}): SyncProgressEvent => ({
  source: 'a',
  sync: 1,
  phase: 'reading',
  seen,
  ...more,
});

const newToken = (expiresAt?: Date): Promise<{ text: string; facts: { id: string } }> =>
  api.access.create({
    name: 'short',
    role: 'viewer',
    createdBy: 'test',
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });

/** Publishes until the first event has arrived, since the server does not say when it listens. */
const firstOf = async <T>(next: Promise<T>): Promise<T> => {
  const telling = setInterval(() => {
    api.events.publish('syncProgress', event(0));
  }, 10);
  try {
    return await next;
  } finally {
    clearInterval(telling);
  }
};

const query = 'subscription { syncProgress { seen } }';

describe('a running subscription', () => {
  it('ends when its token is revoked', async () => {
    const { text, facts } = await newToken();
    const events = connect(text).iterate({ query });
    await firstOf(events.next());
    const admin = `mutation { revokeToken(id: "${facts.id}") { userErrors { code } } }`;
    expect((await api.ask(admin, { role: 'admin' })).errors).toBeUndefined();
    const drained = async (): Promise<void> => {
      for await (const next of events) expect(next.errors).toBeUndefined();
    };
    await expect(drained()).rejects.toMatchObject({ code: 4403 });
  });

  it('ends when its token expires', async () => {
    const { text } = await newToken(new Date(Date.now() + 1_000));
    const events = connect(text).iterate({ query });
    await firstOf(events.next());
    const drained = async (): Promise<void> => {
      for await (const next of events) expect(next.errors).toBeUndefined();
    };
    await expect(drained()).rejects.toMatchObject({ code: 4403 });
  });

  it('goes on while its token is valid', async () => {
    const events = connect(api.tokens.viewer).iterate({ query });
    await firstOf(events.next());
    const before = Date.now();
    while (Date.now() < before + 300) await firstOf(events.next());
    await events.return?.();
  });

  it('holds no place among the listeners once it is left, without another event', async () => {
    const client = connect(api.tokens.viewer);
    const subscribe = vi.spyOn(api.events, 'subscribe');
    const wanted = 'subscription { syncProgress(source: "wanted") { seen } }';
    const events = client.iterate({ query: wanted });
    const next = events.next();
    await vi.waitFor(() => {
      expect(subscribe).toHaveBeenCalled();
    });
    const signal = subscribe.mock.calls[0]?.[1];
    expect(signal?.aborted).toBe(false);
    await events.return?.();
    await vi.waitFor(() => {
      expect(signal?.aborted).toBe(true);
    });
    subscribe.mockRestore();
    await next;
  });

  it('drops the oldest events of a listener that does not read', async () => {
    const socket = new WebSocket(addressOf(), 'graphql-transport-ws');
    const received: number[] = [];
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('open', () => {
        socket.send(
          JSON.stringify({
            type: 'connection_init',
            payload: { authorization: `Bearer ${api.tokens.viewer}` },
          }),
        );
      });
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString('utf8')) as {
          type: string;
          payload?: { data?: { syncProgress: { seen: number } } };
        };
        if (message.type === 'connection_ack') {
          const payload = { query: 'subscription { syncProgress { seen error } }' };
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
          resolve();
        }
        const seen = message.payload?.data?.syncProgress.seen;
        if (seen !== undefined) received.push(seen);
      });
    });
    await firstOf(
      vi.waitFor(() => {
        expect(received.length).toBeGreaterThan(0);
      }),
    );
    socket.pause();
    const error = 'x'.repeat(10_000);
    const published = 20_000;
    for (let seen = 1; seen <= published; seen += 1) {
      api.events.publish('syncProgress', event(seen, { error }));
      if (seen % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    socket.resume();
    await vi.waitFor(
      () => {
        expect(received.at(-1)).toBe(published);
      },
      { timeout: 10_000 },
    );
    // What the network takes and what waits for it; 20,000 would be 200 MB.
    expect(received.length).toBeLessThan(published / 2);
    socket.terminate();
  });
});

describe('a connection', () => {
  it('carries at most 50 subscriptions', async () => {
    const client = connect(api.tokens.viewer);
    const running = Array.from({ length: 50 }, () => client.iterate({ query }));
    const started = running.map((events) => events.next());
    await firstOf(Promise.all(started));
    await expect(client.iterate({ query }).next()).rejects.toMatchObject([
      { message: 'A connection carries at most 50 subscriptions.' },
    ]);
    for (const events of running) await events.return?.();
  });

  it('has to show a token within five seconds', async () => {
    const socket = new WebSocket(addressOf(), 'graphql-transport-ws');
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe(4408);
  });

  it.each([
    ['a page of another site', { origin: 'https://evil.example' }, 401],
    ['a page without a site', { origin: 'null' }, 401],
    ['another name for this machine', { headers: { host: 'evil.example' } }, 401],
  ])('is refused to %s', async (_name, options, status) => {
    const socket = new WebSocket(addressOf(), 'graphql-transport-ws', options);
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
    expect(error.message).toContain(String(status));
  });

  it('is open to a page of this server', async () => {
    const socket = new WebSocket(addressOf(), 'graphql-transport-ws', { origin: api.address });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.terminate();
  });

  it('holds requests to the limits, and says so in the form of all errors', async () => {
    const deep = `subscription { syncProgress { ${Array.from({ length: 40 }, (_, i) => `a${String(i)}: seen`).join(' ')} } }`;
    await expect(connect(api.tokens.viewer).iterate({ query: deep }).next()).rejects.toMatchObject([
      { extensions: { code: 'request.aliases.exceeded' } },
    ]);
  });
});
