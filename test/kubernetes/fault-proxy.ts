import { readFile } from 'node:fs/promises';
import { Agent, createServer, request, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** What happens to one request instead of passing it on as it is. */
export type Fault =
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    }
  /** Nothing is passed on and the connection is cut. */
  | { readonly type: 'cut' }
  /** The server gets the request and does it; the caller's connection is cut. */
  | { readonly type: 'doneAndCut' }
  /** Answer headers arrive, and then nothing more. */
  | { readonly type: 'silence' };

export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
}

export interface FaultProxy {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Decides for each request; undefined passes it on. */
  decide: (request: SeenRequest) => Fault | undefined;
  /** Cuts every open connection. */
  cutAll(): void;
  stop(): Promise<void>;
}

class Proxy implements FaultProxy {
  readonly requests: SeenRequest[] = [];
  decide: (request: SeenRequest) => Fault | undefined = () => undefined;
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly server: Server,
    private readonly target: string,
    private readonly authority: string,
  ) {
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      this.handle(incoming, outgoing);
    });
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `https://127.0.0.1:${port}`;
  }

  cutAll(): void {
    this.server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const seen = {
      method: incoming.method ?? 'GET',
      url: new URL(incoming.url ?? '/', this.target),
    };
    this.requests.push(seen);
    const fault = this.decide(seen);
    if (fault === undefined) this.pass(incoming, outgoing, seen.url);
    else this.inject(fault, incoming, outgoing, seen.url);
  }

  private inject(
    fault: Fault,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    url: URL,
  ): void {
    switch (fault.type) {
      case 'answer':
        outgoing.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
        outgoing.end(JSON.stringify(fault.body ?? {}));
        return;
      case 'cut':
        incoming.socket.destroy();
        return;
      case 'silence':
        outgoing.writeHead(200, { 'content-type': 'application/json' });
        outgoing.flushHeaders();
        return;
      case 'doneAndCut':
        this.forward(incoming, url, (answer) => {
          answer.resume().once('end', () => incoming.socket.destroy());
        });
    }
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse, url: URL): void {
    const upstream = this.forward(incoming, url, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
    });
    upstream.once('error', () => outgoing.destroy());
    outgoing.once('close', () => upstream.destroy());
  }

  private forward(incoming: IncomingMessage, url: URL, receive: (answer: IncomingMessage) => void) {
    const headers = { ...incoming.headers, host: url.host };
    const upstream = request(
      url,
      { method: incoming.method, headers, ca: this.authority, agent: this.agent },
      receive,
    );
    incoming.pipe(upstream);
    return upstream;
  }
}

/**
 * Stands between a client and a real API server, with the server's own certificate, so that
 * connections can be cut, silenced and refused.
 */
export async function startFaultProxy(target: string, folder: string): Promise<FaultProxy> {
  const [key, cert, authority] = await Promise.all(
    ['server.key', 'server.crt', 'ca.crt'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  if (key === undefined || cert === undefined || authority === undefined) {
    throw new Error('no certificate');
  }
  const server = createServer({ key, cert });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new Proxy(server, target, authority);
}
