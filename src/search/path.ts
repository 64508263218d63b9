import { fieldsOf, type Field, type Kind, type RelationField } from '../graph/model/index.js';
import { nearestName } from './nearest-name.js';
import { SearchError } from './search-error.js';

/** Relationships to follow at most, so that a search cannot walk the whole graph. */
const maximumHops = 6;

/** A step over one relationship, with the kinds it may lead to. */
export interface Hop {
  readonly relation: RelationField;
  readonly kinds: readonly Kind[];
}

export interface ResolvedPath {
  readonly hops: readonly Hop[];
  /** The property at the end; absent where the path ends at a relationship. */
  readonly property?: Extract<Field, { type: 'property' }>;
  /** Kinds at the end of the relationships. */
  readonly kinds: readonly Kind[];
}

/** Endings that a quantity's name may be given without: `capacity` for `capacityBytes`. */
const unitEndings = ['Bytes', 'MB', 'MHz'] as const;

/** Names that people coming from other tools write. */
const aliases: Readonly<Record<string, string>> = {
  ip: 'ipAddress',
  ips: 'ipAddresses',
  os: 'guestName',
  cpu: 'cpuCount',
  cpus: 'cpuCount',
  memory: 'memoryMB',
  notes: 'annotation',
  description: 'annotation',
  guestOS: 'guestName',
  interfaces: 'nics',
  pool: 'resourcePool',
};

const fieldOfKind = (kind: Kind, name: string): Field | undefined => {
  const fields = fieldsOf(kind);
  const names = [name, ...unitEndings.map((ending) => name + ending), aliases[name] ?? name];
  return names.map((candidate) => fields.get(candidate)).find((field) => field !== undefined);
};

interface FoundField {
  readonly field: Field;
  readonly kinds: readonly Kind[];
}

const fieldOf = (kinds: readonly Kind[], name: string): FoundField => {
  const having = kinds.filter((kind) => fieldOfKind(kind, name) !== undefined);
  const [first] = having;
  const field = first === undefined ? undefined : fieldOfKind(first, name);
  if (field !== undefined) return { field, kinds: having };
  const names = kinds.flatMap((kind) => [...fieldsOf(kind).keys()]);
  const suggestion = nearestName(name, names);
  throw new SearchError({
    what: 'Unknown field',
    subject: name,
    why: `${kinds.join(' or ')} has no field of that name`,
    remedy:
      suggestion === undefined
        ? 'See docs/model.md for the fields.'
        : `Did you mean '${suggestion}'?`,
    suggestion,
  });
};

/** Targets of a relationship seen from any of several kinds. */
const targetsOf = (kinds: readonly Kind[], name: string): readonly Kind[] => {
  const targets = kinds.flatMap((kind) => {
    const field = fieldOfKind(kind, name);
    return field?.type === 'relation' ? field.targets : [];
  });
  return [...new Set(targets)];
};

const tooLong = (path: readonly string[]): SearchError =>
  new SearchError({
    what: 'The path is too long',
    subject: path.join('.'),
    why: `it follows more than ${maximumHops} relationships`,
    remedy: 'Start the search at a kind nearer to the end of the path.',
  });

const afterProperty = (path: readonly string[], property: string): SearchError =>
  new SearchError({
    what: 'The path goes on after a property',
    subject: path.join('.'),
    why: `'${property}' is a value and leads nowhere`,
    remedy: 'End the path there, or name a relationship instead.',
  });

/** Resolves a path of field names from one or several kinds. Throws SearchError, with a suggestion. */
export const resolvePath = (from: readonly Kind[], path: readonly string[]): ResolvedPath => {
  const hops: Hop[] = [];
  let kinds = from;
  for (const [index, name] of path.entries()) {
    const found = fieldOf(kinds, name);
    if (found.field.type === 'property') {
      if (index < path.length - 1) throw afterProperty(path, name);
      return { hops, property: found.field, kinds: found.kinds };
    }
    kinds = targetsOf(found.kinds, name);
    hops.push({ relation: found.field, kinds });
    if (hops.length > maximumHops) throw tooLong(path);
  }
  return { hops, kinds };
};
