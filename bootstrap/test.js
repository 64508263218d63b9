import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureBuilt } from './build.js';
import { countTests } from './count.js';
import { ensureInstalled } from './install.js';
import { missingPrograms, nodeComplaint } from './requirements.js';
import { root } from './root.js';

const total = { passed: 0, failed: 0 };

function finish() {
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
}

function fail(message) {
  console.error(message);
  total.failed += 1;
}

/** Runs on the pinned Node, which comes first on the PATH. */
function run(command, args) {
  const bin = join(root, 'node_modules', '.bin');
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  return result.status ?? 1;
}

function check(name, script) {
  console.log(`\n── ${name}`);
  if (run('npm', ['run', '--silent', script]) === 0) total.passed += 1;
  else fail(`${name} failed`);
}

/** Simulators and a control plane in Go: minutes from empty caches, nothing after that. */
function buildLab() {
  console.log('\n── lab');
  const loader = join(root, 'test', 'real', 'run-typescript.mjs');
  const script = join(root, 'test', 'lab', 'build.ts');
  if (run('node', ['--import', loader, script]) !== 0) fail('the lab could not be built');
}

function runTests(args) {
  console.log('\n── tests');
  const folder = mkdtempSync(join(tmpdir(), 'opal-report-'));
  const report = join(folder, 'report.json');
  try {
    const status = run('vitest', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ]);
    const counted = countTests(report, status);
    total.passed += counted.passed;
    total.failed += counted.failed;
    if (counted.skipped > 0) console.log(`${counted.skipped} skipped`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const complaint = nodeComplaint();
if (complaint !== undefined) {
  fail(complaint);
  finish();
}
const testsOnExternalServers = process.env.OPAL_TEST_NEO4J_URI && process.env.OPAL_TEST_REDIS_URL;
if (!testsOnExternalServers) missingPrograms().forEach(fail);
if (total.failed > 0) finish();
const args = process.argv.slice(2);
try {
  ensureInstalled();
  ensureBuilt();
} catch (error) {
  fail(error.message);
  finish();
}
// With arguments somebody works on one part; the whole run checks everything.
if (args.length === 0) {
  check('lint', 'lint');
  check('types', 'typecheck');
  buildLab();
}
runTests(args);
finish();
