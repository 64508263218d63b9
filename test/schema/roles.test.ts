import type { GraphQLField } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { buildApiSchema } from '../../src/schema/build-api-schema.js';
import { includesRole, roles, type Role } from '../../src/server/access/index.js';
import { AuditLog } from '../../src/server/audit/index.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { declaredRoles, type Operation } from './declared-roles.js';
import { minimalRequest } from './minimal-request.js';
import { startRealServer, type RealServer } from './real-server.js';

const schema = buildApiSchema();
const types = {
  query: schema.getQueryType(),
  mutation: schema.getMutationType(),
  subscription: schema.getSubscriptionType(),
};

const fieldsOf = (operation: Operation): readonly GraphQLField<unknown, unknown>[] =>
  Object.values(types[operation]?.getFields() ?? {});

let server: RealServer;
let audit: AuditLog;

beforeAll(async () => {
  server = await startRealServer();
  audit = new AuditLog(server.graph, createLogger('silent'));
});

afterAll(() => server.close());

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

const post = (query: string, authorization: string | undefined): Promise<Response> =>
  fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: JSON.stringify({ query }),
  });

const ask = async (query: string, role: Role): Promise<Answer> =>
  (await (await post(query, `Bearer ${server.tokens[role]}`)).json()) as Answer;

const codes = ({ errors }: Answer): unknown[] =>
  (errors ?? []).map(({ extensions }) => extensions.code);

/** Everything in the graph but the audit, as one text. */
const fingerprint = async (): Promise<string> => {
  const rows = await server.graph.readCompiled({
    text: `MATCH (n) WHERE NOT n:AuditEntry AND coalesce(n.id, '') <> 'audit-head'
           RETURN labels(n) AS labels, properties(n) AS properties,
                  COLLECT { MATCH (n)-[r]->(m) RETURN type(r) + coalesce(m.id, '') } AS edges`,
    parameters: {},
  });
  return rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n');
};

const strangers: readonly (readonly [string, () => string | undefined])[] = [
  ['no token', () => undefined],
  ['a token that nobody made', () => `Bearer opal_${'A'.repeat(43)}`],
  ['the text of a token without its scheme', () => server.tokens.admin],
];

describe.each(['query', 'mutation', 'subscription'] as const)('the root fields of a %s', (type) => {
  it('are those whose roles are written down', () => {
    const declared = Object.fromEntries(declaredRoles[type]);
    const built = Object.fromEntries(
      fieldsOf(type).map(({ name, extensions }) => [name, extensions.role]),
    );
    expect(built).toEqual(declared);
  });
});

describe.each(['query', 'mutation'] as const)('a %s', (type) => {
  const cases = fieldsOf(type).map((field) => [field.name, minimalRequest(type, field)] as const);

  it.each(cases)('%s is refused to strangers in one form', async (_name, query) => {
    for (const [, authorization] of strangers) {
      const response = await post(query, authorization());
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="opal"');
      const answer = (await response.json()) as Answer;
      expect(answer.data).toBeUndefined();
      expect(codes(answer)).toEqual(['access.unauthenticated']);
    }
  });

  it.each(cases)(
    '%s is refused to the roles below its own, without effect',
    async (name, query) => {
      const needed = declaredRoles[type].get(name) ?? 'admin';
      const below = roles.filter((role) => !includesRole(role, needed));
      const before = below.length === 0 ? '' : await fingerprint();
      for (const role of below) {
        const answer = await ask(query, role);
        expect(codes(answer)).toEqual(['access.forbidden']);
        expect(answer.data?.[name] ?? null).toBeNull();
        const [last] = await audit.entries({ limit: 1, action: name });
        if (type === 'mutation') expect(last).toMatchObject({ phase: 'denied', role });
      }
      if (below.length > 0) expect(await fingerprint()).toBe(before);
    },
  );

  it.each(cases)('%s is open to its role and those above', async (name, query) => {
    const needed = declaredRoles[type].get(name) ?? 'admin';
    for (const role of roles.filter((held) => includesRole(held, needed))) {
      const answer = await ask(query, role);
      expect(codes(answer)).not.toContain('access.forbidden');
      expect(codes(answer)).not.toContain('access.unauthenticated');
      // Whatever else is wrong with the request, the server knows it.
      expect(codes(answer)).not.toContain('server.unexpected');
      if (type === 'mutation') {
        const entries = await audit.entries({ limit: 2, action: name });
        const [outcome, intent] = entries;
        expect(intent).toMatchObject({ phase: 'intent', role, operation: outcome?.operation });
        expect(['done', 'failed']).toContain(outcome?.phase);
      }
    }
  });
});

describe('a subscription', () => {
  const cases = fieldsOf('subscription').map(
    (field) => [field.name, minimalRequest('subscription', field)] as const,
  );
  const clientWith = (connectionParams: Record<string, unknown>) =>
    createClient({
      url: `${server.address.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams,
      retryAttempts: 0,
    });

  it.each(cases)('%s is refused to strangers', async (_name, query) => {
    for (const [, authorization] of strangers) {
      const client = clientWith({ authorization: authorization() });
      await expect(client.iterate({ query }).next()).rejects.toMatchObject({ code: 4403 });
      await client.dispose();
    }
  });

  it.each(cases)('%s runs for its role and those above, and for no other', async (name, query) => {
    const needed = declaredRoles.subscription.get(name) ?? 'admin';
    for (const role of roles) {
      const client = clientWith({ authorization: `Bearer ${server.tokens[role]}` });
      const next = client.iterate({ query }).next();
      // A running subscription is silent; a refused one ends at once. A request that the server
      // answers on the same connection afterwards shows that it has dealt with this one.
      const probe = client.iterate({ query: 'query { me { name } }' }).next();
      await expect(probe).rejects.toBeDefined();
      const state = await Promise.race([
        next.then(
          () => 'ended',
          () => 'refused',
        ),
        Promise.resolve('running'),
      ]);
      expect(state).toBe(includesRole(role, needed) ? 'running' : 'refused');
      await client.dispose();
    }
  });
});

describe('a refusal', () => {
  it('does not say whether the object exists', async () => {
    const [token] = await server.graph.readCompiled({
      text: 'MATCH (token:Token) RETURN token.id AS id LIMIT 1',
      parameters: {},
    });
    const request = (id: string): string =>
      `mutation { revokeToken(id: "${id}") { userErrors { code } } }`;
    const real = await ask(request(String(token?.id)), 'operator');
    const none = await ask(request('nothing'), 'operator');
    expect(token?.id).toBeTypeOf('string');
    expect(real).toEqual(none);
  });

  it('does not hold back the rest of a query', async () => {
    const answer = await ask('{ me { role } tokens { id } }', 'viewer');
    expect(codes(answer)).toEqual(['access.forbidden']);
    expect(JSON.stringify(answer)).not.toContain('a planner');
  });
});

const statusAt = async (path: string, authorization?: string, method = 'GET'): Promise<number> => {
  const headers = authorization === undefined ? {} : { authorization };
  const response = await fetch(server.address + path, { method, headers });
  await response.text();
  return response.status;
};

describe('a route', () => {
  it.each(['/healthz', '/readyz'])('%s is open to everybody', async (path) => {
    expect(await statusAt(path)).toBe(200);
  });

  const routes = [
    ['GET', '/export?report=inventory', 'viewer', 200],
    ['GET', '/export?search=vms', 'viewer', 200],
    ['GET', '/bundles/none', 'admin', 400],
    ['POST', '/bundles?id=x', 'admin', 400],
    ['GET', '/nothing', 'viewer', 404],
    ['DELETE', '/graphql', 'viewer', 400],
  ] as const;

  it.each(routes)('%s %s is refused to strangers', async (method, path) => {
    for (const [, authorization] of strangers) {
      expect(await statusAt(path, authorization(), method)).toBe(401);
    }
  });

  it.each(routes)('%s %s keeps to its role', async (method, path, needed, status) => {
    for (const role of roles) {
      const found = await statusAt(path, `Bearer ${server.tokens[role]}`, method);
      expect(found).toBe(includesRole(role, needed) ? status : 403);
    }
  });
});

describe('the audit of all of this', () => {
  it('is one sound chain, and shows where it is not any more', async () => {
    const whole = await audit.verifyChain();
    expect(whole).toMatchObject({ intact: true });
    expect(await ask('{ auditVerdict { intact entries at why } }', 'admin')).toEqual({
      data: { auditVerdict: { ...whole, at: null, why: null } },
    });
    await server.graph.writeCompiled({
      text: "MATCH (e:AuditEntry {id: '0000000000000003'}) SET e.actor = 'Eve'",
      parameters: {},
    });
    const { data } = await ask('{ auditVerdict { intact entries at } }', 'admin');
    expect(data).toEqual({
      auditVerdict: { intact: false, entries: 2, at: '0000000000000003' },
    });
  });
});
