import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Query } from '../../src/graph/index.js';

export type AnyQuery = Query<z.ZodRawShape, z.ZodRawShape>;

const sources = fileURLToPath(new URL('../../src/', import.meta.url));

function isQuery(value: unknown): value is AnyQuery {
  if (typeof value !== 'object' || value === null) return false;
  const { file, params, row } = value as Partial<AnyQuery>;
  return typeof file === 'string' && params instanceof z.ZodObject && row instanceof z.ZodObject;
}

/** Every fixed query that a module under src/ exports, with the module that does. */
export async function queriesInCode(): Promise<{ query: AnyQuery; module: string }[]> {
  const files = await readdir(sources, { recursive: true });
  const found: { query: AnyQuery; module: string }[] = [];
  for (const file of files.filter((name) => name.endsWith('.ts')).sort()) {
    const text = await readFile(`${sources}${file}`, 'utf8');
    if (!/\bdefineQuery\(/u.test(text) || file.endsWith('define-query.ts')) continue;
    const module: unknown = await import(`${sources}${file}`);
    const exported = Object.values(module as object).filter(isQuery);
    const defined = text.match(/\bdefineQuery\(/gu)?.length ?? 0;
    if (exported.length !== defined) {
      throw new Error(`${file} defines ${defined} queries and exports ${exported.length}`);
    }
    found.push(...exported.map((query) => ({ query, module: file })));
  }
  return found;
}
