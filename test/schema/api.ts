import { SourceRegistry } from '../../src/collectors/sources/index.js';
import { LocalEventBus } from '../../src/events/index.js';
import { openGraph, type Graph } from '../../src/graph/index.js';
import { Access, roles, type Role } from '../../src/server/access/index.js';
import { AuditLog } from '../../src/server/audit/index.js';
import {
  startHttpServer,
  type HttpConfiguration,
  type HttpServerParts,
} from '../../src/server/http/start-http-server.js';
import type { ApiServices } from '../../src/schema/services.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { realNeo4j } from '../real/neo4j.js';

export interface Answer {
  readonly status: number;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors:
    | readonly { readonly message: string; readonly extensions: Record<string, unknown> }[]
    | undefined;
}

/** The API on a real port, with a token of each role. */
export interface TestApi {
  readonly address: string;
  readonly graph: Graph;
  readonly events: LocalEventBus;
  readonly access: Access;
  readonly tokens: Readonly<Record<Role, string>>;
  ask(
    query: string,
    options?: { readonly variables?: object; readonly role?: Role; readonly headers?: object },
  ): Promise<Answer>;
  close(): Promise<void>;
}

export const testLimits: HttpConfiguration = {
  host: '127.0.0.1',
  port: 0,
  maxQueryDepth: 12,
  maxQueryCost: 200_000,
  maxQueryAliases: 30,
  maxPageSize: 1_000,
  maxBodyBytes: 1_048_576,
  insecureBind: false,
};

const tokensOf = async (access: Access): Promise<Record<Role, string>> => {
  const made: Partial<Record<Role, string>> = {};
  for (const role of roles) {
    made[role] = (await access.create({ name: `test ${role}`, role, createdBy: 'test' })).text;
  }
  const { viewer = '', planner = '', operator = '', admin = '' } = made;
  return { viewer, planner, operator, admin };
};

/** Services that no test of the schema reaches are left out; asking for one fails the test. */
const servicesOf = (graph: Graph, access: Access, events: LocalEventBus): ApiServices => {
  const audit = new AuditLog(graph, createLogger('silent'));
  // Reading a source is all that a query asks of the service, which passes it on to the registry.
  const reached = { access, events, audit, sources: new SourceRegistry(graph) };
  return reached as unknown as ApiServices;
};

export const startTestApi = async (
  graph: Graph,
  limits: Partial<HttpConfiguration> = {},
  more: Partial<Pick<HttpServerParts, 'tokenCheckMs'>> = {},
): Promise<TestApi> => {
  // Over a connection of its own, so that what a request asks the database can be counted.
  const { uri, user, password } = await realNeo4j();
  const tokenGraph = await openGraph({ uri, user, password });
  const access = new Access(tokenGraph);
  const events = new LocalEventBus();
  const tokens = await tokensOf(access);
  const server = await startHttpServer({
    graph,
    services: servicesOf(graph, access, events),
    config: { ...testLimits, ...limits },
    logger: createLogger('silent'),
    ...more,
  });
  return {
    address: server.address,
    graph,
    events,
    access,
    tokens,
    ask: async (query, { variables, role = 'viewer', headers = {} } = {}) => {
      const response = await fetch(`${server.address}/graphql`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokens[role]}`,
          'content-type': 'application/json',
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as Omit<Answer, 'status'>;
      return { status: response.status, data, errors };
    },
    close: async () => {
      await server.close();
      await tokenGraph.close();
    },
  };
};
