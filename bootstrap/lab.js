import { join } from 'node:path';
import { ensureInstalled } from './install.js';
import { nodeComplaint } from './requirements.js';
import { root } from './root.js';
import { runPinned } from './run.js';

const complaint = nodeComplaint();
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(1);
}
try {
  ensureInstalled();
  // The lab is TypeScript of the tests, which is compiled in memory.
  process.env.NODE_OPTIONS = [
    process.env.NODE_OPTIONS,
    `--import=${join(root, 'bootstrap', 'run-typescript.js')}`,
  ]
    .filter(Boolean)
    .join(' ');
  runPinned(join(root, 'test', 'lab', 'run-lab.ts'), process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
