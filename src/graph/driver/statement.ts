import { z } from 'zod';
import type { Query } from '../query/define-query.js';
import type { CompiledCypher } from '../query/graph.js';
import { GraphParameterError, GraphQueryError } from '../query/graph-error.js';
import { queryText } from '../query/query-text.js';
import { encoderOf } from './parameters.js';
import type { Repeatable } from './retry.js';

/** What is sent to the server. */
export interface Statement {
  /** For error messages: the file of a fixed query, the beginning of a compiled one. */
  readonly name: string;
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly repeatable: Repeatable;
}

/** Such a query commits on the way, so that a failure does not mean that nothing happened. */
const commitsOnTheWay = /\bIN\s+(\d+\s+|CONCURRENT\s+)*TRANSACTIONS\b/iu;

function repeatability(text: string, idempotent: boolean): Repeatable {
  if (idempotent) return 'always';
  return commitsOnTheWay.test(text) ? 'never' : 'if undone';
}

export function fixedStatement<P extends z.ZodRawShape, R extends z.ZodRawShape>(
  query: Query<P, R>,
  params: z.input<z.ZodObject<P>>,
): Statement {
  const parsed = z.safeParse(query.params, params);
  if (!parsed.success) {
    throw new GraphParameterError({
      code: 'graph.parameters.invalid',
      what: 'The parameters do not fit the query',
      subject: query.file,
      why: z.prettifyError(parsed.error).replaceAll('\n', ' '),
      remedy: 'This is a defect of the product; report it with this message',
      retryable: false,
    });
  }
  const text = queryText(query.file);
  return {
    name: query.file,
    text,
    parameters: encoderOf(query.params)(parsed.data) as Record<string, unknown>,
    repeatable: repeatability(text, query.idempotent),
  };
}

export function compiledStatement({ text, parameters, idempotent }: CompiledCypher): Statement {
  const line = text.replace(/\s+/gu, ' ').trim();
  return {
    name: line.length > 120 ? `${line.slice(0, 119)}…` : line,
    text,
    parameters,
    repeatable: repeatability(text, idempotent ?? false),
  };
}

/** Reads rows as the query declares them. */
export function rowReader<P extends z.ZodRawShape, R extends z.ZodRawShape>(
  query: Query<P, R>,
): (row: Record<string, unknown>) => z.output<z.ZodObject<R>> {
  return (row) => {
    const parsed = z.safeParse(query.row, row);
    if (parsed.success) return parsed.data;
    throw new GraphQueryError({
      code: 'graph.row.unexpected',
      what: 'The query gave a row that was not declared',
      subject: query.file,
      why: z.prettifyError(parsed.error).replaceAll('\n', ' '),
      remedy: 'This is a defect of the product; report it with this message',
      retryable: false,
    });
  };
}
