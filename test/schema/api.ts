import { LocalEventBus } from '../../src/events/index.js';
import type { Graph } from '../../src/graph/index.js';
import { Access, roles, type Role } from '../../src/server/access/index.js';
import { AuditLog } from '../../src/server/audit/index.js';
import {
  startHttpServer,
  type HttpConfiguration,
} from '../../src/server/http/start-http-server.js';
import type { ApiServices } from '../../src/schema/services.js';
import { createLogger } from '../../src/telemetry/logger.js';

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
  const reached = { access, events, audit: new AuditLog(graph, createLogger('silent')) };
  return reached as unknown as ApiServices;
};

export const startTestApi = async (
  graph: Graph,
  limits: Partial<HttpConfiguration> = {},
): Promise<TestApi> => {
  const access = new Access(graph);
  const events = new LocalEventBus();
  const tokens = await tokensOf(access);
  const server = await startHttpServer({
    graph,
    services: servicesOf(graph, access, events),
    config: { ...testLimits, ...limits },
    logger: createLogger('silent'),
  });
  return {
    address: server.address,
    graph,
    events,
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
    close: () => server.close(),
  };
};
