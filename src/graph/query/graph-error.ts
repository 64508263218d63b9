import { OpalError, type ErrorFacts } from '../../errors/opal-error.js';

/** Base of what can go wrong between the product and its database. */
export class GraphError extends OpalError {
  /** The server's own code, where the server said something. */
  readonly serverCode: string | undefined;

  constructor(facts: ErrorFacts, options: ErrorOptions & { readonly serverCode?: string } = {}) {
    super(facts, options);
    this.serverCode = options.serverCode;
  }
}

/** No connection, or it was lost on the way. */
export class GraphUnreachableError extends GraphError {}

/** User or password are wrong, or the user may not do this. */
export class GraphAccessError extends GraphError {}

/** The server is too old. */
export class GraphVersionError extends GraphError {}

/** The query took longer than it was given. */
export class GraphTimeoutError extends GraphError {}

/** One transaction needed more memory than the server gives it: try with fewer rows. */
export class GraphMemoryError extends GraphError {}

/** A uniqueness constraint was violated. */
export class GraphConstraintError extends GraphError {}

/** Another transaction was in the way; the server undid this one. */
export class GraphContentionError extends GraphError {}

/** The server refused the query, or its rows are not what was declared. */
export class GraphQueryError extends GraphError {}

/** Parameters that do not fit the declaration of the query. */
export class GraphParameterError extends GraphError {}

/** Another process is migrating the graph, or the graph is newer than this program. */
export class GraphSchemaError extends GraphError {}
