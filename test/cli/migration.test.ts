import { describe, expect, it } from 'vitest';
import { progressOf } from '../../src/cli/commands/follow-migration.js';
import { pickRun, type Migration } from '../../src/cli/commands/migration-operations.js';

const run = (id: string, plan: string, planName: string, state = 'running'): Migration => ({
  id,
  plan,
  planName,
  state,
  createdBy: 'Ada',
  createdAt: '2026-01-01T00:00:00.000Z',
  machines: [
    { state: 'completed', machines: 1 },
    { state: 'running', machines: 3 },
  ],
  machineCount: 4,
  copiedBytes: 0,
  totalBytes: 0,
});

const runs = [
  run('ab12', 'p1', 'wave-1'),
  run('ab34', 'p1', 'wave-1', 'failed'),
  run('cd56', 'p2', 'wave-2'),
  run('ef78', 'p3', 'wave-3'),
  run('ef90', 'p4', 'wave-3'),
];

describe('the run that a person means', () => {
  it('is the one of the id, of a beginning that no other has, or the newest of a plan', () => {
    expect(pickRun(runs, 'ab34').id).toBe('ab34');
    expect(pickRun(runs, 'c').id).toBe('cd56');
    expect(pickRun(runs, 'wave-1').id).toBe('ab12');
  });

  it('is asked for again where it is none or may be several', () => {
    expect(() => pickRun(runs, 'nosuch')).toThrow('There is no such run (nosuch)');
    expect(() => pickRun(runs, '')).toThrow('There is no such run');
    expect(() => pickRun(runs, 'ab')).toThrow('Several runs begin like this (ab)');
    expect(() => pickRun(runs, 'wave-3')).toThrow('Several plans with runs have this name');
  });
});

describe('the progress of a run', () => {
  const gib = 2 ** 30;
  const copying = { ...run('ab12', 'p1', 'wave-1'), copiedBytes: gib, totalBytes: 4 * gib };

  it('goes by bytes where there are any to copy', () => {
    expect(progressOf(copying)).toEqual({
      what: 'wave-1',
      done: gib,
      total: 4 * gib,
      figures: '1 GiB of 4 GiB, 1 of 4 machines',
    });
  });

  it('goes by machines where no bytes are known, and says where the run does not simply run', () => {
    const paused = { ...copying, copiedBytes: 0, totalBytes: 0, state: 'paused' };
    expect(progressOf(paused)).toMatchObject({ what: 'wave-1, paused', done: 1, total: 4 });
  });
});
