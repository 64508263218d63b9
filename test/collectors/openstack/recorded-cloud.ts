import { readFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const item = z.record(z.string(), z.unknown());
export type Item = z.output<typeof item>;
const recording = z.record(z.string(), z.object({ field: z.string(), items: z.array(item) }));
type Recording = z.output<typeof recording>;

const file = fileURLToPath(new URL('recorded-cloud.json.gz', import.meta.url));

/** What one request is answered with in place of the recording. */
export interface Fault {
  /** Path of the request, without the service and the query, for instance `/servers/detail`. */
  readonly path: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Requests that get it. */
  times: number;
  /** Requests for the path that go well before. */
  after?: number;
}

const versions: Readonly<Record<string, unknown>> = {
  compute: { version: { id: 'v2.1', version: '2.96', min_version: '2.1' } },
  'block-storage': { versions: [{ id: 'v3.0', version: '3.70', min_version: '3.0' }] },
};
const prefixes: Readonly<Record<string, string>> = {
  compute: '/v2.1',
  'block-storage': '/v3/p1',
  image: '/v2',
  network: '/v2.0',
};

/** Fields of a single object, where the service wraps it. */
const single: Readonly<Record<string, string>> = {
  'servers/detail': 'server',
  'volumes/detail': 'volume',
  'snapshots/detail': 'snapshot',
  'flavors/detail': 'flavor',
  types: 'volume_type',
  networks: 'network',
  subnets: 'subnet',
  'security-groups': 'security_group',
  routers: 'router',
  ports: 'port',
  floatingips: 'floatingip',
  'os-server-groups': 'server_group',
  domains: 'domain',
  projects: 'project',
};

/**
 * Stands in for a cloud where none can run: answers with what a real one listed, by the rules of
 * its services for logins, paging, versions, changes and single objects. It computes nothing else.
 * The lane `npm run test:openstack` runs the same tests against real services.
 */
export class RecordedCloud {
  readonly requests: string[] = [];
  readonly faults: Fault[] = [];
  readonly tokens = new Set<string>();
  roles = ['admin'];
  /** Some versions of Neutron refuse to say what changed since a moment. */
  tellsChangesOfNetworks = true;
  /** Moments at which objects were deleted by a test, for changes-since. */
  private readonly deleted: Item[] = [];
  private issued = 0;

  private constructor(
    readonly lists: Recording,
    private readonly server: Server | TlsServer,
    private readonly scheme: 'http' | 'https',
  ) {}

  /** @param tls key and certificate in PEM form; without, it speaks plain HTTP. */
  static async start(tls?: {
    readonly key: string;
    readonly cert: string;
  }): Promise<RecordedCloud> {
    const lists = recording.parse(JSON.parse(gunzipSync(await readFile(file)).toString('utf8')));
    const listener: RequestListener = (request, response) => {
      void cloud.serve(request, response);
    };
    const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
    const cloud = new RecordedCloud(lists, server, tls === undefined ? 'http' : 'https');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return cloud;
  }

  get address(): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a person would enter for it. */
  configuration(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    return {
      address: `${this.address}/v3`,
      username: 'reader',
      password: 'correct horse',
      projectName: 'admin',
      allowPlainHttp: true,
      ...more,
    };
  }

  list(name: string): Item[] {
    const list = this.lists[name];
    if (list === undefined) throw new Error(`nothing was recorded of ${name}`);
    return list.items;
  }

  /** Changes an object as its service would: with a new moment of its last change. */
  change(name: string, id: unknown, fields: Item): void {
    const now = new Date().toISOString();
    const list = this.list(name);
    const at = list.findIndex((each) => each.id === id);
    list[at] = { ...list[at], ...fields, updated: now, updated_at: now };
  }

  delete(name: string, id: unknown): void {
    const list = this.list(name);
    const [gone] = list.splice(
      list.findIndex((each) => each.id === id),
      1,
    );
    const updated = new Date().toISOString();
    if (name === 'compute/servers/detail') {
      this.deleted.push({ ...gone, status: 'DELETED', updated });
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.address);
    this.requests.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    const body = await textOf(request);
    const fault = this.faultFor(url.pathname);
    if (fault !== undefined) {
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    }
    const answer = url.pathname.endsWith('/v3/auth/tokens')
      ? this.login(request, body)
      : this.look(request, url);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  private faultFor(path: string): Fault | undefined {
    const fault = this.faults.find((each) => path.endsWith(each.path) && each.times > 0);
    if (fault === undefined) return undefined;
    if ((fault.after ?? 0) > 0) {
      fault.after = (fault.after ?? 0) - 1;
      return undefined;
    }
    fault.times -= 1;
    return fault;
  }

  private login(request: IncomingMessage, body: string): Answer {
    if (request.method === 'DELETE') {
      this.tokens.delete(String(request.headers['x-subject-token']));
      return { status: 204 };
    }
    if (!/"password":"correct horse"|"secret":"staple"|"token":\{"id":"given"/u.test(body)) {
      const message = 'The request you have made requires authentication.';
      return { status: 401, body: { error: { code: 401, message } } };
    }
    this.issued += 1;
    const secret = `token-${this.issued}`;
    this.tokens.add(secret);
    return {
      status: 201,
      headers: { 'x-subject-token': secret },
      body: { token: this.token() },
    };
  }

  private token(): unknown {
    const endpoints = (path: string): unknown[] => [
      { interface: 'public', region_id: 'RegionOne', url: `${this.address}${path}` },
    ];
    return {
      issued_at: new Date().toISOString(),
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
      user: { id: 'u1', name: 'reader' },
      project: { id: 'p1', name: 'admin' },
      roles: this.roles.map((name) => ({ id: name, name })),
      catalog: [
        { id: 'keystone-1', type: 'identity', endpoints: endpoints('/v3') },
        { id: 'nova-1', type: 'compute', endpoints: endpoints('/compute/v2.1') },
        { id: 'cinder-1', type: 'block-storage', endpoints: endpoints('/block-storage/v3') },
        { id: 'glance-1', type: 'image', endpoints: endpoints('/image') },
        { id: 'neutron-1', type: 'network', endpoints: endpoints('/network') },
      ],
    };
  }

  private look(request: IncomingMessage, url: URL): Answer {
    if (!this.tokens.has(String(request.headers['x-auth-token']))) {
      return { status: 401, body: { error: { message: 'token expired' } } };
    }
    const [, first = '', ...rest] = url.pathname.split('/');
    const service = first === 'v3' ? 'identity' : first;
    const path = first === 'v3' ? `/${rest.join('/')}` : `/${rest.join('/')}`;
    const prefix = first === 'v3' ? '' : (prefixes[service] ?? '');
    if (/^\/v[\d.]+\/$/u.test(path)) return { status: 200, body: versions[service] };
    const within = path.slice(prefix.length + 1);
    if (!path.startsWith(prefix)) return { status: 404 };
    const list = this.lists[`${service}/${within}`];
    return list === undefined
      ? this.one(service, within)
      : this.page(`${service}/${within}`, list.field, url.searchParams);
  }

  private one(service: string, within: string): Answer {
    const [, collection = '', id = ''] = /^(.*)\/([^/]+)$/u.exec(within) ?? [];
    const name = [`${service}/${collection}`, `${service}/${collection}/detail`].find(
      (each) => each in this.lists,
    );
    const found =
      name === undefined
        ? undefined
        : this.list(name).find((each) => each.id === decodeURIComponent(id));
    if (name === undefined || found === undefined) {
      return { status: 404, body: { itemNotFound: { message: 'not found' } } };
    }
    const field = single[name.slice(service.length + 1)];
    return { status: 200, body: field === undefined ? found : { [field]: found } };
  }

  private page(name: string, field: string, query: URLSearchParams): Answer {
    if (query.has('changed_since') && !this.tellsChangesOfNetworks) {
      const message = "['changed_since'] is invalid attribute for filtering";
      return { status: 400, body: { NeutronError: { message } } };
    }
    const items = this.filtered(name, query);
    const limit = query.get('limit');
    if (limit === null) return { status: 200, body: { [field]: items } };
    const marker = query.get('marker');
    const place = items.findIndex((each) => String(each.id) === marker);
    if (marker !== null && place === -1) {
      return { status: 400, body: { badRequest: { message: `marker [${marker}] not found` } } };
    }
    const start = query.has('offset') ? Number(query.get('offset')) : place + 1;
    const page = items.slice(start, start + Number(limit));
    const more = start + page.length < items.length;
    const next = more ? { [`${field}_links`]: [{ rel: 'next', href: '' }] } : {};
    return { status: 200, body: { [field]: page, ...next } };
  }

  private filtered(name: string, query: URLSearchParams): Item[] {
    const after = (text: string | null, key: string): ((each: Item) => boolean) => {
      const since = Date.parse((text ?? '').replace(/^gte:/u, '').replace(/Z?$/u, 'Z'));
      return (each) => Date.parse(`${String(each[key]).replace(/Z$/u, '')}Z`) >= since;
    };
    const items = this.list(name);
    if (query.has('changes-since')) {
      return [...items, ...this.deleted].filter(after(query.get('changes-since'), 'updated'));
    }
    for (const key of ['updated_at', 'created_at']) {
      if (query.has(key)) return items.filter(after(query.get(key), key));
    }
    if (query.has('changed_since')) {
      return items.filter(after(query.get('changed_since'), 'updated_at'));
    }
    if (query.get('os_hidden') === 'true') return items.filter((each) => each.os_hidden === true);
    return items;
  }
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function textOf(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}
