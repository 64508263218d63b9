import type { GraphQLResolveInfo } from 'graphql';
import { GraphQLString } from 'graphql';
import { Ctx, Info, Query, Resolver, type ClassType } from 'type-graphql';
import { kindDefinition, kinds, type Kind } from '../../graph/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { declareArguments, type ArgumentList } from '../declare.js';
import { readPage } from '../selection/read-page.js';
import { connectionArgumentsOf, connectionTypeOf } from './connection-types.js';
import { rootFieldOf } from './kind-names.js';
import { objectTypeOf } from './kind-types.js';

export const searchArgument: ArgumentList = {
  search: {
    type: () => GraphQLString,
    description: "The search language, for instance: where name ~= '^web' and memoryMB > 4096.",
    nullable: true,
  },
};

/** A resolver class with one method: the list of the kind. */
const declareRoot = (kind: Kind): ClassType => {
  const name = rootFieldOf(kind);
  const owner = {
    [kind]: class {
      [name](context: ApiContext, info: GraphQLResolveInfo): Promise<unknown> {
        return readPage(kind, context, info);
      }
    },
  }[kind];
  if (owner === undefined) throw new Error(`${kind} has no resolver`);
  const prototype = owner.prototype as object;
  const connection = connectionTypeOf([kind], () => objectTypeOf(kind));
  const { doc } = kindDefinition(kind);
  Resolver()(owner);
  Query(() => connection, { description: doc })(prototype, name, {});
  NeedsRole('viewer')(prototype, name);
  Ctx()(prototype, name, 0);
  Info()(prototype, name, 1);
  declareArguments(owner, name, { ...searchArgument, ...connectionArgumentsOf([kind]) }, 2);
  return owner;
};

/** One resolver class a kind. */
export const inventoryRoots: readonly ClassType[] = kinds.map(declareRoot);

/** Names of the fields whose answers come compiled as a whole. */
export const compiledRoots: ReadonlySet<string> = new Set(kinds.map(rootFieldOf));
