import { join } from 'node:path';
import { ensureBuilt } from './build.js';
import { ensureInstalled } from './install.js';
import { missingPrograms, nodeComplaint } from './requirements.js';
import { root } from './root.js';
import { runPinned } from './run.js';

const complaints = [nodeComplaint()].filter(Boolean);
if (complaints.length === 0) complaints.push(...missingPrograms());
if (complaints.length > 0) {
  for (const complaint of complaints) console.error(complaint);
  process.exit(1);
}
try {
  ensureInstalled();
  ensureBuilt();
  runPinned(join(root, 'dist', 'server', 'main.js'), process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
