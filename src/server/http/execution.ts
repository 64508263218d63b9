import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import {
  execute,
  Kind as Syntax,
  visit,
  BREAK,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { ApiContext } from '../../schema/api-context.js';
import { compiledRoots } from '../../schema/inventory/root-fields.js';
import { executionSchema } from '../../schema/selection/compiled-answer.js';

/** Whether a request asks about the schema itself, which is another than the one that answers. */
const asksForSchema = (document: DocumentNode): boolean => {
  let asks = false;
  visit(document, {
    [Syntax.FIELD]: ({ name }) => {
      asks = name.value === '__schema' || name.value === '__type';
      return asks ? BREAK : undefined;
    },
  });
  return asks;
};

/** Executes requests in place of Apollo, which calls whoever does so a gateway. */
export const ownExecution = (
  schema: GraphQLSchema,
): ApolloServerOptionsWithGateway<ApiContext>['gateway'] => {
  const compiled = executionSchema(schema, compiledRoots);
  // Documents that come again are the same object, as Apollo keeps them.
  const schemas = new WeakMap<DocumentNode, GraphQLSchema>();
  const schemaFor = (document: DocumentNode): GraphQLSchema => {
    const known = schemas.get(document);
    if (known !== undefined) return known;
    const chosen = asksForSchema(document) ? schema : compiled;
    schemas.set(document, chosen);
    return chosen;
  };
  return {
    onSchemaLoadOrUpdate: (use) => {
      use({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: async ({ document, operationName, request, context }) =>
          execute({
            schema: schemaFor(document),
            document,
            operationName,
            variableValues: request.variables,
            contextValue: context,
          }),
      }),
    stop: () => Promise.resolve(),
  };
};
