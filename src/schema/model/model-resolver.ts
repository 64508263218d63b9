import { Arg, Query, Resolver } from 'type-graphql';
import { kinds } from '../../graph/index.js';
import { kindNamed } from '../../search/index.js';
import { NeedsRole } from '../access/needs-role.js';
import { relationshipTypes } from '../exploration/relationship-types.js';
import { optional } from '../optional-argument.js';
import { Model } from './model-types.js';
import { kindView } from './model-view.js';

/** The declared model, so that a client need not know it beforehand. */
@Resolver()
export class ModelResolver {
  @Query(() => Model, {
    description: 'Kinds of objects with their properties and relationships, as declared.',
  })
  @NeedsRole('viewer')
  model(
    @Arg('kinds', () => [String], {
      ...optional,
      description: 'Only these, by any name that a search knows them under; all if left out.',
    })
    wanted: string[] | null,
  ): Model {
    const chosen = wanted === null ? kinds : [...new Set(wanted.map(kindNamed))];
    return { kinds: chosen.map(kindView), relationshipTypes };
  }
}
