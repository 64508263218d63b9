import {
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  isNonNullType,
  type GraphQLField,
  type GraphQLFieldConfig,
} from 'graphql';

/** What a compiled page is to the executor: finished, nothing of it to look into. */
const CompiledAnswer = new GraphQLScalarType({
  name: 'CompiledAnswer',
  description: 'A page as it stands in the answer. Never shown: requests are read without it.',
});

/**
 * A compiled field as a leaf. Its resolver is told of the field as it is in the schema that
 * requests are read by, for it compiles what is selected there.
 */
const asLeaf = (
  field: GraphQLField<unknown, unknown>,
  config: GraphQLFieldConfig<unknown, unknown>,
  schema: GraphQLSchema,
  parentType: GraphQLObjectType,
): GraphQLFieldConfig<unknown, unknown> => ({
  ...config,
  type: isNonNullType(field.type) ? new GraphQLNonNull(CompiledAnswer) : CompiledAnswer,
  resolve: (source, given, context, info): unknown =>
    field.resolve?.(source, given, context, {
      ...info,
      schema,
      parentType,
      returnType: field.type,
    }),
});

/**
 * The schema that requests are executed by: where a root field is compiled, its page comes from the
 * database in the shape of the answer, and going through every value of it once more would take
 * longer than all the rest. Requests are read and checked by the given schema, never by this one.
 */
export const executionSchema = (
  schema: GraphQLSchema,
  compiledRoots: ReadonlySet<string>,
): GraphQLSchema => {
  const query = schema.getQueryType();
  if (query === undefined || query === null) throw new Error('the schema has no queries');
  const config = query.toConfig();
  const fields = query.getFields();
  const leaves = Object.entries(config.fields).map(([name, given]) => {
    const field = fields[name];
    const compiled = field !== undefined && compiledRoots.has(name);
    return [name, compiled ? asLeaf(field, given, schema, query) : given] as const;
  });
  const whole = schema.toConfig();
  return new GraphQLSchema({
    ...whole,
    query: new GraphQLObjectType({ ...config, fields: Object.fromEntries(leaves) }),
    types: whole.types.filter((type) => type !== query),
    assumeValid: true,
  });
};
