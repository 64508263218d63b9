#!/usr/bin/env node
import { basename, join, relative } from 'node:path';
import { ensureBuilt } from '../bootstrap/build.js';
import { ensureInstalled } from '../bootstrap/install.js';
import { nodeComplaint } from '../bootstrap/requirements.js';
import { root } from '../bootstrap/root.js';
import { runPinned } from '../bootstrap/run.js';

/** What a person has typed before the name of a command, so that texts can name commands alike. */
function invokedAs() {
  if (process.env.npm_command === 'exec') return 'npx opal';
  const [, program] = process.argv;
  return basename(program) === 'opal' ? 'opal' : `node ${relative(process.cwd(), program)}`;
}

const complaint = nodeComplaint();
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(1);
}
try {
  ensureInstalled();
  ensureBuilt();
  process.env.CLI_INVOKED_AS = invokedAs();
  runPinned(join(root, 'dist', 'cli', 'main.js'), process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
