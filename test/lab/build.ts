import { buildLab } from './lab-binary.js';
import { LabError } from './lab-error.js';

// Tests build what they need by themselves; from empty caches that takes longer than they may wait.
try {
  await buildLab();
} catch (error) {
  console.error(error instanceof LabError ? error.message : error);
  process.exitCode = 1;
}
