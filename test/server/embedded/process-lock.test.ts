import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdDataFolder } from '../../../src/server/embedded/data-folder.js';
import { identifyProcess } from '../../../src/server/embedded/process-identity.js';
import { tryProcessLock } from '../../../src/server/embedded/process-lock.js';

describe('the lock of the data folder', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'opal-lock-'));
    file = join(folder, 'lock');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function writeOwner(owner: { pid: number; started: string; host?: string }): void {
    const content = { host: hostname(), purpose: 'opal server', since: 'earlier', nonce: 'n' };
    writeFileSync(file, JSON.stringify({ ...content, ...owner }));
  }

  it('names the process that holds it', () => {
    const lock = holdDataFolder(folder);
    expect(() => holdDataFolder(folder)).toThrow(
      new RegExp(`in use .*process ${String(process.pid)} \\(opal server\\) since`, 'u'),
    );
    lock.release();
    expect(() => {
      holdDataFolder(folder).release();
    }).not.toThrow();
  });

  it('is taken over from a process that no longer runs', () => {
    const { pid } = spawnSync('true');
    writeOwner({ pid, started: 'some time ago' });
    expect(tryProcessLock(file, 'test').taken).toBe(true);
  });

  it('is taken over when another process got the number of the owner', () => {
    writeOwner({ pid: process.pid, started: 'before this process' });
    expect(tryProcessLock(file, 'test').taken).toBe(true);
  });

  it('is taken over when the file holds nothing that can be read', () => {
    writeFileSync(file, '{"pid": 12');
    expect(tryProcessLock(file, 'test').taken).toBe(true);
  });

  it('stays with an owner on another machine, who cannot be looked at', () => {
    writeOwner({ pid: 1, started: 'x', host: 'elsewhere' });
    expect(tryProcessLock(file, 'test')).toEqual({
      taken: false,
      holder: 'process 1 on elsewhere (opal server) since earlier',
    });
  });

  it('is not removed by an owner who lost it', () => {
    const attempt = tryProcessLock(file, 'test');
    if (!attempt.taken) throw new Error('the lock was free');
    const started = identifyProcess(process.pid)?.started ?? '';
    writeOwner({ pid: process.pid, started });
    attempt.lock.release();
    expect(readFileSync(file, 'utf8')).toContain('"nonce":"n"');
  });

  it('goes to exactly one of many processes that find a dead owner at once', async () => {
    writeOwner({ pid: 1, started: 'never' });
    const program = `
      import { tryProcessLock } from './src/server/embedded/process-lock.ts';
      const attempt = tryProcessLock(${JSON.stringify(file)}, 'racer');
      console.log(attempt.taken ? 'taken' : 'held');
      setInterval(() => undefined, 60000);`;
    const racers = Array.from({ length: 6 }, () =>
      spawn(
        process.execPath,
        ['--import', './bootstrap/run-typescript.js', '--input-type=module', '-e', program],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      ),
    );
    const answers = await Promise.all(
      racers.map(async (racer) => String(((await once(racer.stdout, 'data')) as [Buffer])[0])),
    );
    racers.forEach((racer) => racer.kill('SIGKILL'));
    expect(answers.filter((answer) => answer.startsWith('taken'))).toHaveLength(1);
  });
});
