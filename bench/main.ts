/**
 * The bench: runs its parts one after the other and puts their figures together.
 *
 *     npm run bench                     # all parts
 *     npm run bench serving exporting   # some of them
 *
 * Prints a table and writes it to bench/results/figures.json and figures.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { figuresFile, keeps, tell, type Figure } from './figures.js';
import { describeMachine, thisMachine } from './machine.js';
import { figuresIn } from './printed-figures.js';
import { markdownTable, textTable } from './table.js';

const here = import.meta.dirname;

/** Each part is a program of its own, so that none inherits the memory of another. */
const parts = {
  serving: 'serving/serving.bench.ts',
  exporting: 'exporting/exporting.bench.ts',
  loading: 'loading.ts',
  collecting: 'collecting/collecting.bench.ts',
  migrating: 'migrating.ts',
} as const;
type Part = keyof typeof parts;

const isPart = (name: string): name is Part => Object.hasOwn(parts, name);

interface PartResult {
  readonly part: Part;
  readonly command: string;
  readonly figures: readonly Figure[];
  readonly failed: boolean;
}

async function runPart(part: Part, folder: string): Promise<PartResult> {
  console.log(`\n── ${part}`);
  const file = join(folder, `${part}.jsonl`);
  writeFileSync(file, '');
  const loader = join(here, '..', 'bootstrap', 'run-typescript.js');
  const child = spawn(process.execPath, ['--import', loader, join(here, parts[part])], {
    env: { ...process.env, [figuresFile]: file },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endWithUs = (): void => {
    child.kill('SIGTERM');
  };
  process.once('SIGTERM', endWithUs);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    printed += chunk.toString('utf8');
  });
  await once(child, 'close');
  process.off('SIGTERM', endWithUs);
  const told = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Figure);
  return {
    part,
    command: `npm run bench ${part}`,
    figures: told.length > 0 ? told : figuresIn(printed),
    failed: child.exitCode !== 0,
  };
}

function write(results: readonly PartResult[]): void {
  const machine = thisMachine();
  const folder = join(here, 'results');
  mkdirSync(folder, { recursive: true });
  const facts = { measuredAt: new Date().toISOString(), machine, results };
  writeFileSync(join(folder, 'figures.json'), `${JSON.stringify(facts, null, 2)}\n`);
  const markdown = results.map(
    ({ command, figures }) => `\`${command}\`\n\n${markdownTable(figures)}`,
  );
  writeFileSync(
    join(folder, 'figures.md'),
    `${[describeMachine(machine), ...markdown].join('\n\n')}\n`,
  );
  console.log(`\n${describeMachine(machine)}\n`);
  console.log(textTable(results.flatMap(({ figures }) => figures)));
  console.log(`\nWritten to ${relative(process.cwd(), folder)}`);
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !isPart(name));
  if (unknown.length > 0) {
    console.error(
      `There is no part ${unknown.join(', ')}; the parts are ${Object.keys(parts).join(', ')}`,
    );
    return 2;
  }
  const wanted = (Object.keys(parts) as Part[]).filter(
    (part) => names.length === 0 || names.includes(part),
  );
  const folder = mkdtempSync(join(tmpdir(), 'opal-bench-'));
  try {
    const results: PartResult[] = [];
    for (const part of wanted) results.push(await runPart(part, folder));
    write(results);
    const missed = results.flatMap(({ figures }) => figures.filter((figure) => !keeps(figure)));
    const failed = results.filter((result) => result.failed).map(({ part }) => part);
    for (const part of failed) console.log(`${part} failed`);
    if (missed.length > 0) console.log('Figures beyond their bounds:');
    missed.forEach(tell);
    return missed.length + failed.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exit(await main(process.argv.slice(2)));
