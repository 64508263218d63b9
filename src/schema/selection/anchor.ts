import type { Kind } from '../../graph/index.js';
import {
  compileForKinds,
  resolvePath,
  type Filter,
  type Parameters,
  type ResolvedPath,
} from '../../search/index.js';

/**
 * A place from which the nodes of a filter may be reached more cheaply than by walking their order:
 * the one concern, tag or host that the filter names.
 */
export interface Anchor {
  /** Pattern from the node to the anchor. */
  readonly pattern: string;
  readonly condition: string;
  /** Index that finds the anchor. */
  readonly hint: string;
}

type Test = Extract<Filter, { type: 'compare' | 'oneOf' }>;

const conjunctsOf = (filter: Filter): readonly Filter[] =>
  filter.type === 'and' ? filter.filters.flatMap(conjunctsOf) : [filter];

const isIndexed = ({ property }: ResolvedPath): boolean =>
  property !== undefined &&
  (property.definition.indexed === true || property.name === 'id') &&
  !property.definition.type.endsWith('List');

/** A condition that an index answers: equal to one value, or to one of several. */
const isSeek = (filter: Filter): filter is Test =>
  filter.type === 'oneOf' ||
  (filter.type === 'compare' && filter.comparison === 'equals' && filter.ignoreCase !== true);

interface Found {
  readonly path: readonly string[];
  readonly seek: Test;
}

const seekOf = (conjunct: Filter): Found | undefined => {
  if (isSeek(conjunct)) {
    const path = conjunct.path.slice(0, -1);
    return path.length === 0
      ? undefined
      : { path, seek: { ...conjunct, path: conjunct.path.slice(-1) } };
  }
  if (conjunct.type !== 'some' || conjunct.filter === undefined) return undefined;
  const inner = conjunctsOf(conjunct.filter).find(
    (filter): filter is Test => isSeek(filter) && filter.path.length === 1,
  );
  return inner === undefined ? undefined : { path: conjunct.path, seek: inner };
};

const anchorAt = (
  kind: Kind,
  variable: string,
  { path, seek }: Found,
  parameters: Parameters,
): Anchor | undefined => {
  const hops = resolvePath([kind], path);
  const [target, ...others] = hops.kinds;
  // An index belongs to one label.
  if (target === undefined || others.length > 0 || hops.property !== undefined) return undefined;
  const end = resolvePath([target], seek.path);
  if (!isIndexed(end) || end.property === undefined) return undefined;
  let pattern = `(${variable}:${kind})`;
  let last = variable;
  for (const { relation, kinds } of hops.hops) {
    last = parameters.variable();
    const arrow = `[:${relation.relationship}]`;
    pattern += `${relation.direction === 'out' ? `-${arrow}->` : `<-${arrow}-`}(${last}:${kinds.join('|')})`;
  }
  return {
    pattern,
    condition: compileForKinds([target], last, seek, parameters),
    hint: `USING INDEX ${last}:${target}(${end.property.name})`,
  };
};

/** The best anchor of a filter, where one of its conditions names something at the other end. */
export const anchorOf = (
  kind: Kind,
  variable: string,
  filter: Filter,
  parameters: Parameters,
): Anchor | undefined => {
  for (const conjunct of conjunctsOf(filter)) {
    const found = seekOf(conjunct);
    const anchor = found === undefined ? undefined : anchorAt(kind, variable, found, parameters);
    if (anchor !== undefined) return anchor;
  }
  return undefined;
};
