import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { ForbiddenError, requireRole, roles, type Role } from '../../server/access/index.js';
import type { ApiContext } from '../api-context.js';
import { roleExtension } from './needs-role.js';

type RootField = GraphQLField<unknown, ApiContext>;

const roleOf = (type: string, field: RootField): Role => {
  const role = roles.find((known) => known === field.extensions[roleExtension]);
  if (role !== undefined) return role;
  throw new Error(`${type}.${field.name} says no role; give it @NeedsRole(...)`);
};

const refuse = async (
  context: ApiContext,
  error: ForbiddenError,
  { parentType, fieldName }: GraphQLResolveInfo,
): Promise<never> => {
  if (parentType.name === 'Mutation') {
    await context.services.audit.denied(context.principal, { action: fieldName, subject: '' });
  }
  throw error;
};

const guarded =
  <Result>(
    role: Role,
    act: (source: unknown, given: unknown, context: ApiContext, info: GraphQLResolveInfo) => Result,
  ) =>
  (
    source: unknown,
    given: unknown,
    context: ApiContext,
    info: GraphQLResolveInfo,
  ): Result | Promise<never> => {
    try {
      requireRole(context.principal, role);
    } catch (error) {
      if (error instanceof ForbiddenError) return refuse(context, error, info);
      throw error;
    }
    return act(source, given, context, info);
  };

const guard = (type: GraphQLObjectType | null | undefined): void => {
  for (const field of Object.values(type?.getFields() ?? {}) as RootField[]) {
    const role = roleOf(type?.name ?? '', field);
    const { subscribe } = field;
    if (subscribe === undefined) {
      field.resolve = guarded(role, field.resolve ?? defaultFieldResolver);
    } else {
      field.subscribe = guarded(role, subscribe);
    }
  }
};

/** Holds every root field to its role. Throws at start where one has none. */
export const guardRoots = (schema: GraphQLSchema): void => {
  guard(schema.getQueryType());
  guard(schema.getMutationType());
  guard(schema.getSubscriptionType());
};
