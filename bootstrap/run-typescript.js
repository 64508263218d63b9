/**
 * Lets a process of its own run the sources as they are, for tests and benches:
 * `node --import ./bootstrap/run-typescript.js file.ts`. Compiled as the build does it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { root } from './root.js';

const settings = readFileSync(join(root, '.swcrc'), 'utf8');
const { $schema, ...options } = JSON.parse(settings);
void $schema;

const folder = join(root, 'node_modules', '.cache', 'typescript');

/** Writes beside and renames, since several processes compile at once. */
function keep(file, code) {
  try {
    mkdirSync(folder, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, code);
    renameSync(draft, file);
  } catch {
    // It is compiled again next time.
  }
}

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const digest = createHash('sha256').update(settings).update(filename).update(source);
  const file = join(folder, `${digest.digest('hex')}.js`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { code } = transformSync(source, {
    ...options,
    filename,
    sourceMaps: 'inline',
    swcrc: false,
  });
  keep(file, code);
  return code;
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (/^\.{1,2}\/.*\.js$/u.test(specifier) && context.parentURL !== undefined) {
      const source = new URL(specifier.replace(/\.js$/u, '.ts'), context.parentURL);
      if (existsSync(source)) return { url: source.href, shortCircuit: true };
    }
    return nextResolve(specifier, context);
  },
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
    return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true };
  },
});
