import 'reflect-metadata';
import {
  defaultFieldResolver,
  isInterfaceType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, type ClassType, type PubSub } from 'type-graphql';
import { guardRoots } from './access/guard-roots.js';
import { AdministrationResolver } from './administration/administration-resolver.js';
import { AggregationResolver } from './aggregation/aggregation-resolver.js';
import { AnalysisResolver } from './analysis/analysis-resolver.js';
import { compiledTypes } from './inventory/connection-types.js';
import { typeNameOfNode } from './inventory/kind-names.js';
import { ExplorationResolver } from './exploration/exploration-resolver.js';
import { inventoryRoots } from './inventory/root-fields.js';
import { MigrationResolver } from './migrations/migration-resolver.js';
import { ModelResolver } from './model/model-resolver.js';
import { PlanResolver } from './plans/plan-resolver.js';
import { SavedSearchResolver } from './searches/saved-search-resolver.js';
import { SubscriptionResolver } from './subscriptions/subscription-resolver.js';
import { DiffResolver } from './sources/diff-resolver.js';
import { SourceResolver } from './sources/source-resolver.js';

/** A compiled object holds each value under its place in the answer, aliases included. */
const byPlace: GraphQLFieldResolver<unknown, unknown> = (source, _given, _context, info) =>
  (source as Readonly<Record<string, unknown>>)[info.path.key];

const readByPlace = (schema: GraphQLSchema): void => {
  for (const name of compiledTypes) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) field.resolve = byPlace;
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isInterfaceType(type)) continue;
    // Answered at once: a promise for every node would cost more than all the rest.
    type.resolveType = typeNameOfNode;
    for (const field of Object.values(type.getFields())) field.resolve = defaultFieldResolver;
  }
};

/** Subscriptions listen to the event bus by themselves; nothing goes over topics of the library. */
const noTopics: PubSub = {
  publish: () => {
    throw new Error('publish on the event bus');
  },
  subscribe: () => {
    throw new Error('subscribe on the event bus');
  },
};

type ResolverClass = ClassType;

const resolverClasses: [ResolverClass, ...ResolverClass[]] = [
  AnalysisResolver,
  AggregationResolver,
  ExplorationResolver,
  MigrationResolver,
  ModelResolver,
  PlanResolver,
  SavedSearchResolver,
  SourceResolver,
  DiffResolver,
  AdministrationResolver,
  SubscriptionResolver,
  ...inventoryRoots,
];

/** The schema of the API with its resolvers. Takes some hundred milliseconds: build it once. */
export const buildApiSchema = (): GraphQLSchema => {
  const schema = buildSchemaSync({ resolvers: resolverClasses, validate: false, pubSub: noTopics });
  readByPlace(schema);
  guardRoots(schema);
  return schema;
};
