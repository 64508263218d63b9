import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { declaredQueries, type AnyQuery } from '../../src/graph/query/define-query.js';

const sources = fileURLToPath(new URL('../../src/', import.meta.url));

/** Loads every module under src/ that declares queries, and gives what they declare. */
export async function queriesInCode(): Promise<readonly AnyQuery[]> {
  const files = await readdir(sources, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.ts')).sort()) {
    const text = await readFile(`${sources}${file}`, 'utf8');
    if (/\bdefineQuery\(/u.test(text)) await import(`${sources}${file}`);
  }
  return declaredQueries();
}
