import { kindDefinition, kinds } from '../../graph/index.js';
import { nearestName } from '../../search/index.js';
import { ExplorationError } from './exploration-error.js';

const known: ReadonlySet<string> = new Set(
  kinds.flatMap((kind) => Object.values(kindDefinition(kind).edges).map(({ type }) => type)),
);

/** All relationship types of the model, sorted. */
export const relationshipTypes: readonly string[] = [...known].sort();

/**
 * The types that a question is about; null for all.
 *
 * @throws ExplorationError for one that the model does not have.
 */
export const checkedTypes = (given: readonly string[] | null): string[] | null => {
  if (given === null) return null;
  const unknown = given.find((type) => !known.has(type));
  if (unknown === undefined) return [...given];
  const suggestion = nearestName(unknown, relationshipTypes);
  throw new ExplorationError({
    code: 'exploration.relationship.unknown',
    what: 'There is no such type of relationship',
    subject: unknown,
    why: 'the model has none of that name',
    remedy:
      suggestion === undefined ? 'The field model lists them' : `Did you mean '${suggestion}'?`,
    retryable: false,
  });
};
