import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Graph } from '../../graph/index.js';
import type { ApiContext } from '../../schema/api-context.js';
import { buildApiSchema } from '../../schema/build-api-schema.js';
import { mostDirectives, type RequestLimits } from '../../schema/limits/request-limits.js';
import type { ApiServices } from '../../schema/services.js';
import type { Logger } from '../../telemetry/logger.js';
import type { Principal } from '../access/index.js';
import type { Configuration } from '../configuration/index.js';
import { abortWhenGone } from './abort-when-gone.js';
import { answerError } from './answer-error.js';
import { startApollo } from './apollo.js';
import { authenticate, principalOf } from './authenticate.js';
import { bundleRoutes } from './bundle-routes.js';
import { hostCheck, onlyOwnHost, type HostCheck } from './check-host.js';
import { exportRoute } from './export-route.js';
import { healthRoutes } from './health.js';
import { uploadRoute } from './upload-route.js';
import { tokenCheckMs } from './watch-token.js';
import { serveWebSocket } from './web-socket.js';

/** Options of the server that this part reads. */
export type HttpConfiguration = Pick<
  Configuration,
  | 'host'
  | 'port'
  | 'maxQueryDepth'
  | 'maxQueryCost'
  | 'maxQueryAliases'
  | 'maxPageSize'
  | 'maxBodyBytes'
  | 'insecureBind'
>;

export interface HttpServerParts {
  readonly graph: Graph;
  readonly services: ApiServices;
  readonly config: HttpConfiguration;
  readonly logger: Logger;
  /** Makes the server that listens, for instance one with TLS; plain HTTP if left out. */
  readonly listenWith?: (handler: Express) => Server;
  /** How often the token of an open web socket is looked at again; 5 seconds if left out. */
  readonly tokenCheckMs?: number;
}

export interface HttpServer {
  /** Where it listens, for instance `http://127.0.0.1:4400`. */
  readonly address: string;
  /** Lets running requests finish for some seconds, then ends what is left. */
  close(): Promise<void>;
}

const listen = (server: Server, { host, port }: HttpConfiguration): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address);
      else reject(new Error('the server has no address'));
    });
  });

const limitsOf = (config: HttpConfiguration): RequestLimits => ({
  depth: config.maxQueryDepth,
  cost: config.maxQueryCost,
  aliases: config.maxQueryAliases,
  directives: mostDirectives,
});

const contextOf = (
  { graph, services, config }: HttpServerParts,
  principal: Principal,
  signal: AbortSignal,
): ApiContext => ({ principal, graph, services, largestPage: config.maxPageSize, signal });

/** No answer is anybody's but the asker's. */
const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store');
  next();
};

/** The routes of the API; everything but the health checks takes a token first. */
const addRoutes = (
  app: Express,
  apollo: ApolloServer<ApiContext>,
  parts: HttpServerParts,
  isOwnHost: HostCheck,
): void => {
  const { graph, services, config, logger } = parts;
  const body: RequestHandler = express.json({ limit: config.maxBodyBytes });
  const known = authenticate(services.access);
  app.disable('x-powered-by');
  app.use(helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } }));
  app.use(noStore, onlyOwnHost(isOwnHost), healthRoutes(graph));
  const graphql = expressMiddleware(apollo, {
    context: ({ req, res }) =>
      Promise.resolve(contextOf(parts, principalOf(req), abortWhenGone(res))),
  });
  app.use('/graphql', known, body, graphql);
  app.get('/export', known, exportRoute(graph, logger));
  app.post('/uploads', known, uploadRoute(services));
  app.use(known, bundleRoutes(services));
  app.use(known, (_request, response) => {
    response.status(404).json({ errors: [{ message: 'There is nothing at this address' }] });
  });
  app.use(answerError(logger));
};

const addressOf = ({ host }: HttpConfiguration, { port }: AddressInfo, tls: boolean): string =>
  `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Starts the API on the configured address. Port 0 takes a free one. */
export const startHttpServer = async (parts: HttpServerParts): Promise<HttpServer> => {
  const { config, logger, services } = parts;
  const schema = buildApiSchema();
  const limits = limitsOf(config);
  const app = express();
  const server = parts.listenWith?.(app) ?? createServer(app);
  const apollo = await startApollo(schema, server, limits, logger);
  const tls = parts.listenWith !== undefined;
  const isOwnHost = hostCheck({ ...config, tls });
  addRoutes(app, apollo, parts, isOwnHost);
  const sockets = serveWebSocket(server, {
    schema,
    limits,
    logger,
    isOwnHost,
    tokenCheckMs: parts.tokenCheckMs ?? tokenCheckMs,
    contextFor: async (authorization, signal) =>
      contextOf(parts, await services.access.authenticate(authorization), signal),
  });
  const address = addressOf(config, await listen(server, config), tls);
  return {
    address,
    close: async () => {
      await sockets.close();
      await apollo.stop();
    },
  };
};
