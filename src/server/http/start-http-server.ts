import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type Request, type Response } from 'express';
import type { GraphQLSchema } from 'graphql';
import helmet from 'helmet';
import type { Graph } from '../../graph/index.js';
import type { ApiContext } from '../../schema/api-context.js';
import { buildApiSchema } from '../../schema/build-api-schema.js';
import type { ApiServices } from '../../schema/services.js';
import type { Logger } from '../../telemetry/logger.js';
import type { Configuration } from '../configuration/index.js';
import { apiError } from './api-error.js';

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
>;

export interface HttpServerParts {
  readonly graph: Graph;
  readonly services: ApiServices;
  readonly config: HttpConfiguration;
  readonly logger: Logger;
}

export interface HttpServer {
  /** Where it listens, for instance `http://127.0.0.1:4400`. */
  readonly address: string;
  /** Lets running requests finish, then stops listening. */
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

const abortWhenGone = (response: Response): AbortSignal => {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
};

const contextOf =
  ({ graph, services, config }: HttpServerParts) =>
  async ({ req, res }: { req: Request; res: Response }): Promise<ApiContext> => ({
    principal: await services.access.authenticate(req.headers.authorization),
    graph,
    services,
    largestPage: config.maxPageSize,
    signal: abortWhenGone(res),
  });

const startApollo = async (
  schema: GraphQLSchema,
  { logger }: HttpServerParts,
): Promise<ApolloServer<ApiContext>> => {
  const apollo = new ApolloServer<ApiContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    formatError: apiError(logger),
    // Pretty-printing would take longer than the query.
    stringifyResult: (answer) => JSON.stringify(answer),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), ApolloServerPluginUsageReportingDisabled()],
    logger,
  });
  await apollo.start();
  return apollo;
};

const makeApp = (apollo: ApolloServer<ApiContext>, parts: HttpServerParts): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.use(helmet());
  app.use(
    '/graphql',
    express.json({ limit: parts.config.maxBodyBytes }),
    expressMiddleware(apollo, { context: contextOf(parts) }),
  );
  return app;
};

/** Starts the API on the configured address. */
export const startHttpServer = async (parts: HttpServerParts): Promise<HttpServer> => {
  const apollo = await startApollo(buildApiSchema(), parts);
  const server = createServer(makeApp(apollo, parts));
  const { port } = await listen(server, parts.config);
  return {
    address: `http://${parts.config.host}:${port}`,
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await apollo.stop();
    },
  };
};
