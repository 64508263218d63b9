import type { Kind, RelationField } from '../../graph/index.js';
import { targetsOf } from '../inventory/kind-fields.js';

/** The same relationship seen from any of several kinds. */
export interface Traversal {
  readonly name: string;
  readonly types: readonly string[];
  readonly direction: 'out' | 'in';
  readonly targets: readonly Kind[];
  readonly many: boolean;
  /** At most one by the record that carries it, which the loader sees to. */
  readonly single: boolean;
  readonly relation: RelationField;
}

/** One traversal for all of the relationships; undefined where their arrows differ. */
export const traversalOf = (relations: readonly RelationField[]): Traversal | undefined => {
  const [first] = relations;
  if (first === undefined) return undefined;
  if (relations.some(({ direction }) => direction !== first.direction)) return undefined;
  return {
    name: first.name,
    types: [...new Set(relations.map(({ relationship }) => relationship))],
    direction: first.direction,
    targets: targetsOf(relations),
    many: first.many,
    single: relations.every(({ many, inverse }) => !many && !inverse),
    relation: first,
  };
};

/** The pattern from a bound variable over a traversal. All names come from the model. */
export const traversalPattern = (
  from: string,
  { types, direction, targets }: Traversal,
  edge: string,
  end: string,
): string => {
  const arrow = `[${edge}:${types.join('|')}]`;
  const middle = direction === 'out' ? `-${arrow}->` : `<-${arrow}-`;
  return `(${from})${middle}(${end}:${targets.join('|')})`;
};
