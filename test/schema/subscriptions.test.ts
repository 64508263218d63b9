import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Graph } from '../../src/graph/index.js';
import { startTestApi, type TestApi } from './api.js';
import { openSmallEstate } from './small-estate.js';

let graph: Graph;
let api: TestApi;

beforeAll(async () => {
  graph = await openSmallEstate();
  api = await startTestApi(graph);
});

afterAll(async () => {
  await api.close();
  await graph.close();
});

const client = (token: string) =>
  createClient({
    url: `${api.address.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });

const progress = (source: string, seen: number) =>
  ({ source, sync: 1, phase: 'reading', seen }) as const;

describe('a subscription', () => {
  it('gives the events of the source that was asked for', async () => {
    const listening = client(api.tokens.viewer);
    const events = listening.iterate({
      query: 'subscription { syncProgress(source: "b") { source seen } }',
    });
    const first = events.next();
    // The server says nothing when it begins to listen, so events are told until one arrives.
    const telling = setInterval(() => {
      api.events.publish('syncProgress', progress('a', 1));
      api.events.publish('syncProgress', progress('b', 2));
    }, 20);
    const { value } = (await first) as { value: unknown };
    clearInterval(telling);
    expect(value).toEqual({ data: { syncProgress: { source: 'b', seen: 2 } } });
    await events.return?.();
    await listening.dispose();
  });

  it('is refused without a valid token', async () => {
    const events = client('opal_wrong').iterate({
      query: 'subscription { syncProgress { seen } }',
    });
    await expect(events.next()).rejects.toMatchObject({ code: 4403 });
  });

  it('leaves queries to HTTP', async () => {
    const events = client(api.tokens.viewer).iterate({ query: '{ me { name } }' });
    await expect(events.next()).rejects.toMatchObject([
      { message: 'Only subscriptions are served here; send the rest over HTTP.' },
    ]);
  });
});
