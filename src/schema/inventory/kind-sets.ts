import { kinds, type Kind } from '../../graph/index.js';
import { commonNameOf } from './kind-names.js';
import { commonRelations, relationsOf, targetsOf } from './kind-fields.js';

/**
 * Every set of kinds that a relationship may lead to, the sets that those lead to in common
 * included: each is an interface of the API.
 */
const buildSets = (): ReadonlyMap<string, readonly Kind[]> => {
  const sets = new Map<string, readonly Kind[]>();
  const add = (of: readonly Kind[]): void => {
    const name = commonNameOf(of);
    if (of.length < 2 || name === 'Entity' || sets.has(name)) return;
    sets.set(name, of);
    for (const { relations } of commonRelations(of)) add(targetsOf(relations));
  };
  for (const kind of kinds) {
    for (const relation of relationsOf(kind)) add(relation.targets);
  }
  return sets;
};

/** Sets of two or three kinds by the name of what they have in common. */
export const kindSets = buildSets();
