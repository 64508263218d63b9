import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureBuilt } from './build.js';
import { withCompileCache } from './compile-cache.js';
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

/** The pinned Node comes first on the PATH. */
function environment() {
  const bin = join(root, 'node_modules', '.bin');
  return { ...withCompileCache(process.env), PATH: `${bin}${delimiter}${process.env.PATH}` };
}

/** Runs a program with this terminal and gives the status with which it ended. */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: environment() });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
}

/** What waits for a server needs the processor at once, a check whenever it is free. */
function giveWay(child) {
  try {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not everybody may; it is for speed only.
  }
}

/** Shows what a check says when it is done, so that it does not talk into what runs beside. */
function check({ name, script }) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment(),
    });
    giveWay(child);
    const said = [];
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (text) => said.push(text));
    }
    child.on('error', (error) => said.push(`${error.message}\n`));
    child.on('close', (status) => {
      console.log(`\n── ${name}`);
      process.stdout.write(said.join(''));
      if (status === 0) total.passed += 1;
      else fail(`${name} failed`);
      resolve();
    });
  });
}

/** Each fills one core and has a gigabyte of memory or more. */
const checks = [
  { name: 'lint', script: 'lint:rules' },
  { name: 'types', script: 'typecheck' },
  { name: 'formatting', script: 'lint:format' },
  { name: 'direction of imports', script: 'lint:imports' },
];

async function runChecks() {
  for (const each of checks) await check(each);
}

/** Simulators and a control plane in Go: minutes from empty caches, nothing after that. */
async function buildLab() {
  console.log('\n── lab');
  const loader = join(root, 'bootstrap', 'run-typescript.js');
  const script = join(root, 'test', 'lab', 'build.ts');
  if ((await run('node', ['--import', loader, script])) !== 0) fail('the lab could not be built');
}

async function runTests(args) {
  console.log('\n── tests');
  const folder = mkdtempSync(join(tmpdir(), 'opal-report-'));
  const report = join(folder, 'report.json');
  try {
    const status = await run('vitest', [
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
// With arguments somebody works on one part; the whole run checks everything. Tests wait for servers
// a fifth of their time, which is about what the checks need.
const checked = args.length === 0 ? runChecks() : Promise.resolve();
if (args.length === 0) await buildLab();
await runTests(args);
await checked;
finish();
