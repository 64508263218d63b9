import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickJava } from '../real/quick-java.js';
import { completeCommand, consoleSteps, joinContinued, outputMatches } from './console-steps.js';
import { Terminal } from './terminal.js';

const readme = readFileSync('README.md', 'utf8');
const steps = consoleSteps(readme, 'A tour of ten minutes');
/** These go on until Ctrl-C, and the next command is typed into another terminal. */
const serves = (command: string): boolean => /\bnpm (?:run lab|start)\b/u.test(command);

/** These would lead the commands to other servers, or to other code. */
const elsewhere = new Set(['OPAL_URL', 'OPAL_TOKEN', 'NEO4J_URI', 'REDIS_URL', 'NODE_OPTIONS']);

let folder: string;
let environment: NodeJS.ProcessEnv;
const open: Terminal[] = [];

const addressIn = (line: string): string | undefined => /^Address: (?<url>\S+)$/u.exec(line)?.[1];

/** What was printed, as it would have been on a machine whose usual port is free. */
function printedBy(terminal: Terminal): string[] {
  const address = open.flatMap(({ lines }) => lines).flatMap((line) => addressIn(line) ?? [])[0];
  const text = terminal.lines.join('\n').trimEnd();
  if (text === '') return [];
  const usual = 'http://127.0.0.1:4400';
  return joinContinued(address === undefined ? text : text.replaceAll(address, usual));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'opal-tour-'));
  const others = Object.entries(process.env).filter(([name]) => !elsewhere.has(name));
  const own = { OPAL_DATA_DIR: join(folder, 'data'), OPAL_PORT: '0' };
  environment = { ...Object.fromEntries(others), ...quickJava, ...own };
});

afterAll(async () => {
  await Promise.all(open.map((terminal) => terminal.interrupt()));
  rmSync(folder, { recursive: true, force: true });
  rmSync('readiness.csv', { force: true });
});

async function serving(terminal: Terminal, output: readonly string[]): Promise<void> {
  while (terminal.running && !outputMatches(output, printedBy(terminal))) await sleep(200);
}

describe('the tour in the README', () => {
  it('has commands for the whole job', () => {
    const commands = steps.map(({ command }) => command).join('\n');
    for (const part of ['source add', 'collect', 'search', 'causes', 'plan', 'migrate', 'report']) {
      expect(commands).toContain(`npx opal ${part}`);
    }
  });

  it.each(steps)('prints what it says for: $command', { timeout: 300_000 }, async (step) => {
    const printed = open.flatMap(printedBy);
    const terminal = new Terminal(completeCommand(step.command, printed), environment);
    if (serves(step.command)) {
      open.push(terminal);
      await serving(terminal, step.output);
      expect(terminal.running, terminal.lines.join('\n')).toBe(true);
    } else {
      const code = await terminal.ended();
      const actual = printedBy(terminal);
      if (!outputMatches(step.output, actual)) expect(actual).toEqual(step.output);
      expect(code).toBe(0);
    }
  });
});
