import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { declaredQueries, type AnyQuery } from '../../src/graph/query/define-query.js';

const sources = fileURLToPath(new URL('../../src/', import.meta.url));

/**
 * Loads every module under src/ that declares queries, and those beside them, which may declare
 * some through a function of their own, and gives all that were declared.
 */
export async function queriesInCode(): Promise<readonly AnyQuery[]> {
  const all = await readdir(sources, { recursive: true });
  const modules = all.filter((name) => name.endsWith('.ts') && !name.endsWith('main.ts')).sort();
  const folders = new Set<string>();
  for (const module of modules) {
    const text = await readFile(`${sources}${module}`, 'utf8');
    if (/\bdefineQuery\(/u.test(text)) folders.add(dirname(module));
  }
  for (const module of modules) {
    if (folders.has(dirname(module))) await import(`${sources}${module}`);
  }
  return declaredQueries();
}
