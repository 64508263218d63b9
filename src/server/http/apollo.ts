import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { Server } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { ApiContext } from '../../schema/api-context.js';
import { checkRequest } from '../../schema/limits/check-request.js';
import { mostTokens, type RequestLimits } from '../../schema/limits/request-limits.js';
import type { Logger } from '../../telemetry/logger.js';
import { apiError } from './api-error.js';
import { ownExecution } from './execution.js';

/** How long running requests may take when the server stops, in milliseconds. */
const drainMs = 10_000;

const limitPlugin = (limits: RequestLimits): ApolloServerPlugin<ApiContext> => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ schema, document, operation, request }) => {
        if (operation !== undefined) {
          checkRequest(limits, schema, document, operation, request.variables ?? {});
        }
        return Promise.resolve();
      },
    }),
});

/** Apollo with everything set on purpose: its defaults are made for other places. */
export const startApollo = async (
  schema: GraphQLSchema,
  server: Server,
  limits: RequestLimits,
  logger: Logger,
): Promise<ApolloServer<ApiContext>> => {
  const apollo = new ApolloServer<ApiContext>({
    gateway: ownExecution(schema),
    logger,
    // Only holders of a token get this far, and they may know the schema.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    maxRecursiveSelections: true,
    parseOptions: { maxLexicalTokens: mostTokens },
    // Otherwise the memory would keep what clients sent.
    persistedQueries: false,
    formatError: apiError(logger),
    // Pretty-printing would take longer than the query.
    stringifyResult: (answer) => JSON.stringify(answer),
    plugins: [
      limitPlugin(limits),
      ApolloServerPluginDrainHttpServer({
        httpServer: server,
        stopGracePeriodMillis: drainMs,
      }),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  return apollo;
};
