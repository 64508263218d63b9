import { Neo4jError } from 'neo4j-driver';
import type { ErrorFacts } from '../../errors/opal-error.js';
import {
  GraphAccessError,
  GraphConstraintError,
  GraphContentionError,
  GraphMemoryError,
  GraphQueryError,
  GraphTimeoutError,
  GraphUnreachableError,
  type GraphError,
} from '../query/graph-error.js';

interface Case {
  readonly codes: RegExp;
  readonly type: new (
    facts: ErrorFacts,
    options: ErrorOptions & { readonly serverCode?: string },
  ) => GraphError;
  readonly facts: Omit<ErrorFacts, 'subject' | 'why'>;
}

const cases: readonly Case[] = [
  {
    codes: /Security\.(Unauthorized|AuthenticationRateLimit|CredentialsExpired|TokenExpired)/u,
    type: GraphAccessError,
    facts: {
      code: 'graph.access.denied',
      what: 'Neo4j refused the user or the password',
      remedy: 'Check NEO4J_USER and NEO4J_PASSWORD; after several wrong tries wait some seconds',
      retryable: false,
    },
  },
  {
    codes: /Security\.|Statement\.AccessMode/u,
    type: GraphAccessError,
    facts: {
      code: 'graph.access.forbidden',
      what: 'Neo4j does not let this user do that',
      remedy: 'Give the user the rights to read, write and change the schema of the database',
      retryable: false,
    },
  },
  {
    codes: /Database\.DatabaseNotFound/u,
    type: GraphAccessError,
    facts: {
      code: 'graph.database.unknown',
      what: 'Neo4j has no database of that name',
      remedy: 'Check NEO4J_DATABASE',
      retryable: false,
    },
  },
  {
    codes: /TransactionTimedOut/u,
    type: GraphTimeoutError,
    facts: {
      code: 'graph.query.timeout',
      what: 'The query took longer than its time limit',
      remedy: 'Ask for less at once, or raise the limit',
      retryable: true,
    },
  },
  {
    codes: /OutOfMemory|MemoryLimit/u,
    type: GraphMemoryError,
    facts: {
      code: 'graph.transaction.memory',
      what: 'The transaction needed more memory than Neo4j gives it',
      remedy: 'Ask for less at once, or raise dbms.memory.transaction.total.max',
      retryable: false,
    },
  },
  {
    codes: /Schema\.ConstraintValidationFailed/u,
    type: GraphConstraintError,
    facts: {
      code: 'graph.constraint.violated',
      what: 'The write would make a duplicate',
      remedy: 'Use another id or name',
      retryable: false,
    },
  },
  {
    codes: /ServiceUnavailable|SessionExpired|General\.DatabaseUnavailable|DatabaseStoppedError/u,
    type: GraphUnreachableError,
    facts: {
      code: 'graph.unreachable',
      what: 'Neo4j cannot be reached',
      remedy: 'Check NEO4J_URI, and that the server runs and its Bolt port is open from here',
      retryable: true,
    },
  },
  {
    // EntityNotFound is a client error by name only: a node vanished under a running query.
    codes: /^Neo\.TransientError|Statement\.EntityNotFound/u,
    type: GraphContentionError,
    facts: {
      code: 'graph.contention',
      what: 'Another transaction was in the way',
      remedy: 'Try again',
      retryable: true,
    },
  },
];

const refused: Case = {
  codes: /(?:)/u,
  type: GraphQueryError,
  facts: {
    code: 'graph.query.refused',
    what: 'Neo4j refused a query',
    remedy: 'This is a defect of the product; report it with this message',
    retryable: false,
  },
};

/** The driver's error in our words. `subject` names the query or the server. */
export function graphFailure(cause: unknown, subject: string): Error {
  if (!(cause instanceof Neo4jError)) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
  const { type, facts } = cases.find(({ codes }) => codes.test(cause.code)) ?? refused;
  return new type(
    { ...facts, subject, why: cause.message.trim().replace(/\.$/u, '') },
    { cause, serverCode: cause.code },
  );
}
