import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GraphQueryError } from './graph-error.js';

/** The folder is as far above src/graph/query as it is above dist/graph/query. */
export const cypherFolder = fileURLToPath(new URL('../../../cypher/', import.meta.url));

const texts = new Map<string, string>();

function readText(file: string): string {
  try {
    return readFileSync(`${cypherFolder}${file}.cypher`, 'utf8').trim();
  } catch (cause) {
    throw new GraphQueryError(
      {
        code: 'graph.query.missing',
        what: 'A fixed query has no text',
        subject: `cypher/${file}.cypher`,
        why: cause instanceof Error ? cause.message : String(cause),
        remedy: 'Install the product again, its files are incomplete',
        retryable: false,
      },
      { cause },
    );
  }
}

/** Text of a fixed query, read once. */
export function queryText(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const text = readText(file);
  texts.set(file, text);
  return text;
}
