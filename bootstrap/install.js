import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';

/** The Node that everything of ours runs on, whatever the machine has. */
export const pinnedNode = join(root, 'node_modules', '.bin', 'node');

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
}

/**
 * npm writes its own record as the last step of an installation, so a cut-off one has none.
 * Optional packages are for other systems and may rightly be absent.
 */
export function isInstalled(folder = root) {
  const wanted = readPackages(join(folder, 'package-lock.json'));
  const present = readPackages(join(folder, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) return existsSync(join(folder, 'node_modules'));
  if (present === undefined) return false;
  const complete = Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional ||
      entry.devOptional ||
      (present[path]?.version === entry.version && present[path]?.integrity === entry.integrity),
  );
  return complete && existsSync(join(folder, 'node_modules', '.bin', 'node'));
}

/** Installs the locked dependencies unless they are there. What npm says goes to standard error. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing dependencies …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (npm.status !== 0) {
    throw new Error(
      `npm ci failed${npm.error ? ` (${npm.error.message})` : ''}. Check that this machine reaches the npm registry (a proxy or mirror goes into ~/.npmrc) and that the disk has space, then start again.`,
    );
  }
}
