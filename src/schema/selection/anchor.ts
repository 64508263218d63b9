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
  /** Variable of the nodes one step before those of the page: often the anchor itself. */
  readonly nearest: string;
  /** Pattern from the nearest nodes to the anchor. */
  readonly pattern: string;
  readonly condition: string;
  /** Index that finds the anchor. */
  readonly hint: string;
  /** Arrow from a node of the page to a nearest one. */
  readonly arrow: string;
  /** What of the filter the way from the anchor does not fulfil already. */
  readonly rest: Filter | undefined;
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
  /** Whether whatever is linked to the anchor fulfils the condition. */
  readonly exact: boolean;
}

const seekOf = (conjunct: Filter): Found | undefined => {
  if (isSeek(conjunct)) {
    const path = conjunct.path.slice(0, -1);
    const seek = { ...conjunct, path: conjunct.path.slice(-1) };
    return path.length === 0 ? undefined : { path, seek, exact: true };
  }
  if (conjunct.type !== 'some' || conjunct.filter === undefined) return undefined;
  const inner = conjunctsOf(conjunct.filter);
  const seek = inner.find((filter): filter is Test => isSeek(filter) && filter.path.length === 1);
  return seek === undefined ? undefined : { path: conjunct.path, seek, exact: inner.length === 1 };
};

const arrowOf = ({ relation }: ResolvedPath['hops'][number]): string =>
  relation.direction === 'out'
    ? `-[:${relation.relationship}]->`
    : `<-[:${relation.relationship}]-`;

type Way = Omit<Anchor, 'rest'>;

const wayTo = (kind: Kind, { path, seek }: Found, parameters: Parameters): Way | undefined => {
  const { kinds, hops, property } = resolvePath([kind], path);
  const [target, ...others] = kinds;
  const [first, ...further] = hops;
  // An index belongs to one label.
  if (target === undefined || others.length > 0 || property !== undefined) return undefined;
  const end = resolvePath([target], seek.path);
  if (first === undefined || !isIndexed(end) || end.property === undefined) return undefined;
  const nearest = parameters.variable();
  let pattern = `(${nearest}:${first.kinds.join('|')})`;
  let last = nearest;
  for (const hop of further) {
    last = parameters.variable();
    pattern += `${arrowOf(hop)}(${last}:${hop.kinds.join('|')})`;
  }
  return {
    nearest,
    pattern,
    condition: compileForKinds([target], last, seek, parameters),
    hint: `USING INDEX ${last}:${target}(${end.property.name})`,
    arrow: arrowOf(first),
  };
};

const allOf = (filters: readonly Filter[]): Filter | undefined =>
  filters.length > 1 ? { type: 'and', filters } : filters[0];

/** The best anchor of a filter, where one of its conditions names something at the other end. */
export const anchorOf = (
  kind: Kind,
  filter: Filter,
  parameters: Parameters,
): Anchor | undefined => {
  const conjuncts = conjunctsOf(filter);
  for (const conjunct of conjuncts) {
    const found = seekOf(conjunct);
    const way = found === undefined ? undefined : wayTo(kind, found, parameters);
    if (found === undefined || way === undefined) continue;
    const rest = found.exact ? conjuncts.filter((other) => other !== conjunct) : conjuncts;
    return { ...way, rest: allOf(rest) };
  }
  return undefined;
};
