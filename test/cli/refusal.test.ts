import { describe, expect, it } from 'vitest';
import { refusedChange } from '../../src/cli/connection/api-client.js';
import { ExitCode } from '../../src/cli/exit-code.js';
import { PlanError } from '../../src/planner/planner-error.js';

describe('a change that the server refused', () => {
  it('is told in the facts of its error, each of them once', () => {
    const facts = {
      code: 'plan.not-found',
      what: 'There is no such plan',
      subject: 'wave (1)',
      why: 'none has this id',
      remedy: 'List the plans.',
    };
    const { code, message, subject, remedy, retryable } = new PlanError(facts);
    const told = refusedChange({ code, message, field: subject, remedy, retryable });
    expect(told).toMatchObject(facts);
    expect(told.exitCode).toBe(ExitCode.notFound);
  });

  it('is told as it came where it was worded otherwise', () => {
    const told = refusedChange({ code: 'x', message: 'No.', field: null, remedy: null });
    expect(told).toMatchObject({ what: 'No.', why: '' });
  });
});
