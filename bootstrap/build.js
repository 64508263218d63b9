import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode } from './install.js';
import { root } from './root.js';

const target = join(root, 'dist');
const stampFile = join(target, '.sources');

/** A digest of all that the build reads, so that a checkout of an older commit is rebuilt too. */
function digestSources() {
  const hash = createHash('sha256');
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  for (const file of [...files, join(root, '.swcrc'), join(root, 'package-lock.json')]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function builtFrom() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
}

function compile(draft) {
  const program = join(root, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
  const swc = spawnSync(
    pinnedNode,
    [program, 'src', '--out-dir', draft, '--strip-leading-paths', '--copy-files', '--quiet'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  if (swc.status !== 0) throw new Error('The build failed; the lines above say where.');
}

/** Builds dist/ unless it was built from these very sources. An image without sources has it built in. */
export function ensureBuilt() {
  if (!existsSync(join(root, 'src'))) return;
  const digest = digestSources();
  if (builtFrom() === digest) return;
  console.error('Building …');
  const draft = join(root, `dist.draft-${process.pid}`);
  try {
    compile(draft);
    writeFileSync(join(draft, '.sources'), digest);
    rmSync(target, { recursive: true, force: true });
    renameSync(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
