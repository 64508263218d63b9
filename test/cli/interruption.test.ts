import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const view = pathToFileURL(resolve('src/cli/output/progress.ts')).href;

/** What a terminal would get from a process that ends with its bar still shown. */
const endingWith = (end: string): string => {
  const script = `
    process.stderr.isTTY = true;
    const { ProgressView } = await import(${JSON.stringify(view)});
    new ProgressView().show({ what: 'work', done: 1, total: 4 });
    ${end}`;
  const typescript = resolve('bootstrap/run-typescript.js');
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', typescript, '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  );
  return stderr;
};

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const wrapLines = '\u001b[?7h';

describe('the terminal below a bar', () => {
  it.each([
    ['the process exits', 'process.exit(130);'],
    ['an error is not caught', 'throw new Error("broken");'],
  ])('has its cursor and its wrapping of lines again when %s', (_how, end) => {
    const written = endingWith(end);
    expect(written).toContain(hideCursor);
    expect(written.lastIndexOf(showCursor)).toBeGreaterThan(written.lastIndexOf(hideCursor));
    expect(written).toContain(wrapLines);
  });
});
