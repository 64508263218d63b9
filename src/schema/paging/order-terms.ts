import type { Kind } from '../../graph/index.js';
import { compileColumn, type Order, type Parameters } from '../../search/index.js';

/** One key of an order, as an expression over the variable of a node. */
export interface OrderTerm {
  readonly path: readonly string[];
  readonly descending: boolean;
  readonly expression: string;
  /** True where no node lacks the value, so that an index on it holds all of them. */
  readonly always: boolean;
}

const alwaysThere: ReadonlySet<string> = new Set(['id', 'name']);

/** Terms of an order, closed by the id so that it is total and a cursor names one place in it. */
export const orderTerms = (
  kind: Kind,
  variable: string,
  orderBy: readonly Order[],
  parameters: Parameters,
  entity: boolean,
): readonly OrderTerm[] => {
  const terms: OrderTerm[] = [];
  for (const { path, direction } of [...orderBy, { path: ['id'], direction: 'ascending' }]) {
    terms.push({
      path,
      descending: direction === 'descending',
      expression: compileColumn(kind, variable, path, parameters),
      always: path.length === 1 && (path[0] === 'id' || (entity && alwaysThere.has(path[0] ?? ''))),
    });
    if (path.length === 1 && path[0] === 'id') break;
  }
  return terms;
};

/** The same order from the other end. */
export const reversed = (terms: readonly OrderTerm[]): readonly OrderTerm[] =>
  terms.map((term) => ({ ...term, descending: !term.descending }));

export const orderClause = (terms: readonly OrderTerm[]): string =>
  `ORDER BY ${terms.map(({ expression, descending }) => expression + (descending ? ' DESC' : '')).join(', ')}`;

/** What a cursor was made for; one made for another order is refused. */
export const orderSignature = (terms: readonly OrderTerm[]): string =>
  terms.map(({ path, descending }) => (descending ? '-' : '') + path.join('.')).join();
