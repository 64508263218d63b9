import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, pinnedNode } from '../bootstrap/install.js';
import { root } from '../bootstrap/root.js';

ensureInstalled();
const loader = join(root, 'bootstrap', 'run-typescript.js');
const main = join(import.meta.dirname, 'main.ts');
const { status } = spawnSync(pinnedNode, ['--import', loader, main, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
