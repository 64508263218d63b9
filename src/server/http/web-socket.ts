import type { Server } from 'node:http';
import {
  GraphQLError,
  getOperationAST,
  OperationTypeNode,
  parse,
  validate,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { OpalError } from '../../errors/opal-error.js';
import type { ApiContext } from '../../schema/api-context.js';
import { checkRequest } from '../../schema/limits/check-request.js';
import { mostTokens, type RequestLimits } from '../../schema/limits/request-limits.js';
import type { Logger } from '../../telemetry/logger.js';
import { apiError } from './api-error.js';

/** Messages of a client are requests, never data. */
const longestMessage = 262_144;

/** Subscriptions of one connection at most. */
const mostSubscriptions = 50;

export interface WebSocketParts {
  readonly schema: GraphQLSchema;
  readonly limits: RequestLimits;
  readonly logger: Logger;
  /** @throws UnauthenticatedError where the header holds no valid token. */
  readonly contextFor: (
    authorization: string | undefined,
    signal: AbortSignal,
  ) => Promise<ApiContext>;
}

interface SubscribeMessage {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null | undefined;
  readonly operationName?: string | null | undefined;
}

const authorizationOf = (
  parameters: Readonly<Record<string, unknown>> | undefined,
): string | undefined => {
  const { authorization, token } = parameters ?? {};
  if (typeof authorization === 'string') return authorization;
  return typeof token === 'string' ? `Bearer ${token}` : undefined;
};

const asGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError('refused', { originalError: error instanceof Error ? error : null });

/** Checks a request as the HTTP side does; over the socket only subscriptions are served. */
const checked = (
  { schema, limits }: WebSocketParts,
  { query, variables, operationName }: SubscribeMessage,
): Omit<ExecutionArgs, 'contextValue'> | readonly GraphQLError[] => {
  try {
    const document = parse(query, { maxLexicalTokens: mostTokens });
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
      return [new GraphQLError('Only subscriptions are served here; send the rest over HTTP.')];
    }
    checkRequest(limits, schema, document, operation, variables ?? {});
    return {
      schema,
      document,
      variableValues: variables ?? null,
      operationName: operationName ?? null,
    };
  } catch (error) {
    return [asGraphQLError(error)];
  }
};

/**
 * Serves subscriptions on `/graphql` over graphql-ws. The token stands in `authorization` (or `token`)
 * of connection_init, and is looked at again for every subscription.
 */
export const serveWebSocket = (
  server: Server,
  parts: WebSocketParts,
): { readonly close: () => Promise<void> } => {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: longestMessage });
  const format = apiError(parts.logger);
  const signals = new WeakMap<object, AbortController>();
  const gone = (socket: object): AbortController => {
    const known = signals.get(socket) ?? new AbortController();
    signals.set(socket, known);
    return known;
  };
  const serving = useServer(
    {
      schema: parts.schema,
      connectionInitWaitTimeout: 5_000,
      onConnect: async ({ connectionParams, extra }) => {
        try {
          await parts.contextFor(authorizationOf(connectionParams), gone(extra.socket).signal);
          return true;
        } catch (error) {
          if (error instanceof OpalError) return false;
          throw error;
        }
      },
      onSubscribe: async ({ connectionParams, extra, subscriptions }, _id, payload) => {
        if (Object.keys(subscriptions).length > mostSubscriptions) {
          return [
            new GraphQLError(`A connection carries at most ${mostSubscriptions} subscriptions.`),
          ];
        }
        const request = checked(parts, payload);
        if (!('document' in request)) return request;
        try {
          const authorization = authorizationOf(connectionParams);
          const contextValue = await parts.contextFor(authorization, gone(extra.socket).signal);
          return { ...request, contextValue };
        } catch (error) {
          return [asGraphQLError(error)];
        }
      },
      onError: (_context, _id, _payload, errors) =>
        errors.map((error) => format(error.toJSON(), error)),
      onDisconnect: ({ extra }) => {
        gone(extra.socket).abort();
      },
    },
    sockets,
  );
  return { close: async () => serving.dispose() };
};
