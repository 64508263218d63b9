import {
  getVariableValues,
  Kind as Syntax,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { measureRequest } from './measure-request.js';
import { RequestTooLargeError } from './request-too-large-error.js';
import type { RequestLimits } from './request-limits.js';

const names = ['depth', 'cost', 'aliases', 'directives'] as const;

/**
 * Holds a validated request to the limits.
 *
 * @throws RequestTooLargeError for the first limit that it exceeds.
 */
export const checkRequest = (
  limits: RequestLimits,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void => {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Syntax.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition] as const]
        : [],
    ),
  );
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  // Variables that do not fit are refused in their own words before anything runs.
  if (coerced === undefined) return;
  const measure = measureRequest({ schema, fragments, operation, variables: coerced });
  for (const name of names) {
    if (measure[name] > limits[name]) {
      throw new RequestTooLargeError(name, measure[name], limits[name]);
    }
  }
};
