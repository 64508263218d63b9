import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

// The bootstrap is plain JavaScript without declarations, because it runs before anything is installed.
const { countTests } = (await import(
  new URL('../../../bootstrap/count.js', import.meta.url).href
)) as { countTests: (reportFile: string, exitStatus: number) => Count };

interface FileReport {
  readonly status: 'passed' | 'failed';
  readonly assertionResults: readonly { readonly status: string }[];
}

describe('the count of a test run', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opal-count-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function report(passed: number, failed: number, files: readonly FileReport[]) {
    const file = join(folder, 'report.json');
    const content = {
      numPassedTests: passed,
      numFailedTests: failed,
      numPendingTests: 1,
      numTodoTests: 0,
      success: failed === 0,
      testResults: files,
    };
    await writeFile(file, JSON.stringify(content));
    return file;
  }

  it('takes the figures of the report', async () => {
    const file = await report(3, 1, [
      { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
    ]);
    expect(countTests(file, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it('adds a failure for a file that could not be loaded', async () => {
    const file = await report(3, 0, [{ status: 'failed', assertionResults: [] }]);
    expect(countTests(file, 1)).toMatchObject({ passed: 3, failed: 1 });
  });

  it('adds a failure when the run ended badly and no test says why', async () => {
    const file = await report(3, 0, [{ status: 'passed', assertionResults: [] }]);
    expect(countTests(file, 1)).toMatchObject({ passed: 3, failed: 1 });
    expect(countTests(file, 0)).toMatchObject({ passed: 3, failed: 0 });
  });

  it('is one failure when the run crashed before it wrote a report', () => {
    expect(countTests(join(folder, 'absent.json'), 134)).toMatchObject({ passed: 0, failed: 1 });
  });
});
