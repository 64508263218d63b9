#!/usr/bin/env node
import { join } from 'node:path';
import { ensureBuilt } from '../bootstrap/build.js';
import { ensureInstalled } from '../bootstrap/install.js';
import { nodeComplaint } from '../bootstrap/requirements.js';
import { root } from '../bootstrap/root.js';
import { runPinned } from '../bootstrap/run.js';

const complaint = nodeComplaint();
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(1);
}
try {
  ensureInstalled();
  ensureBuilt();
  runPinned(join(root, 'dist', 'cli', 'main.js'), process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
