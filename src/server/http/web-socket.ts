import type { IncomingMessage, Server } from 'node:http';
import {
  GraphQLError,
  getOperationAST,
  OperationTypeNode,
  parse,
  validate,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { OpalError } from '../../errors/opal-error.js';
import type { ApiContext } from '../../schema/api-context.js';
import { checkRequest } from '../../schema/limits/check-request.js';
import { mostTokens, type RequestLimits } from '../../schema/limits/request-limits.js';
import type { Logger } from '../../telemetry/logger.js';
import { apiError } from './api-error.js';
import { isOwnOrigin, type HostCheck } from './check-host.js';
import { watchToken } from './watch-token.js';

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
  readonly isOwnHost: HostCheck;
  /** How often the token of an open connection is looked at again. */
  readonly tokenCheckMs: number;
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

/** What the server keeps of an open connection. */
interface Connection {
  /** Aborts when the connection ends. */
  readonly gone: AbortController;
  endWatch: () => void;
}

/** Connections by their sockets. */
class Connections {
  private readonly known = new WeakMap<object, Connection>();

  of(socket: object): Connection {
    const present = this.known.get(socket);
    if (present !== undefined) return present;
    const made: Connection = { gone: new AbortController(), endWatch: () => undefined };
    this.known.set(socket, made);
    return made;
  }

  end(socket: object): void {
    const { gone, endWatch } = this.of(socket);
    endWatch();
    gone.abort();
  }
}

/**
 * Serves subscriptions on `/graphql` over graphql-ws. The token stands in `authorization` (or `token`)
 * of connection_init. It is looked at again for every subscription and while any of them runs: the
 * connection ends when it has expired or was revoked.
 */
export const serveWebSocket = (
  server: Server,
  parts: WebSocketParts,
): { readonly close: () => Promise<void> } => {
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: longestMessage,
    verifyClient: ({ req: { headers } }: { readonly req: IncomingMessage }) =>
      parts.isOwnHost(headers.host) && isOwnOrigin(headers.origin, headers.host),
  });
  const format = apiError(parts.logger);
  const connections = new Connections();
  const contextOf = (
    parameters: Readonly<Record<string, unknown>> | undefined,
    socket: object,
  ): Promise<ApiContext> =>
    parts.contextFor(authorizationOf(parameters), connections.of(socket).gone.signal);
  const serving = useServer(
    {
      schema: parts.schema,
      connectionInitWaitTimeout: 5_000,
      onConnect: async ({ connectionParams, extra: { socket } }) => {
        const check = (): Promise<unknown> => contextOf(connectionParams, socket);
        try {
          await check();
        } catch (error) {
          if (error instanceof OpalError) return false;
          throw error;
        }
        const refuse = (): void => {
          connections.end(socket);
          socket.close(CloseCode.Forbidden, 'Forbidden');
        };
        connections.of(socket).endWatch = watchToken(check, refuse, parts.tokenCheckMs);
        return true;
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
          return { ...request, contextValue: await contextOf(connectionParams, extra.socket) };
        } catch (error) {
          return [asGraphQLError(error)];
        }
      },
      onError: (_context, _id, _payload, errors) =>
        errors.map((error) => format(error.toJSON(), error)),
      onNext: (_context, _id, _payload, _request, result) =>
        result.errors && {
          data: result.data ?? null,
          errors: result.errors.map((error) => format(error.toJSON(), error)),
        },
      onDisconnect: ({ extra }) => {
        connections.end(extra.socket);
      },
    },
    sockets,
  );
  return { close: async () => serving.dispose() };
};
