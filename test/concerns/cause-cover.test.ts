import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverCauses } from '../../src/concerns/analysis/cause-cover.js';
import { Incidence } from '../../src/concerns/analysis/incidence.js';

/** Number of machines whose causes are all among the fixed ones. */
const free = (machines: readonly number[][], fixed: ReadonlySet<number>): number =>
  machines.filter((causes) => causes.every((cause) => fixed.has(cause))).length;

const estates = fc.array(fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }), {
  maxLength: 40,
});

const cover = (machines: readonly number[][], limit = 100) =>
  coverCauses(Incidence.fromRows(machines), 8, limit);

describe('ranking causes', () => {
  it('counts exactly what counting machine by machine gives', () => {
    fc.assert(
      fc.property(estates, (machines) => {
        const fixed = new Set<number>();
        for (const step of cover(machines)) {
          const before = free(machines, fixed);
          fixed.add(step.cause);
          expect(step.freesCumulative).toBe(free(machines, fixed));
          expect(step.frees).toBe(step.freesCumulative - before);
          expect(step.freesAlone).toBe(free(machines, new Set([step.cause])));
          expect(step.holds).toBe(machines.filter((row) => row.includes(step.cause)).length);
        }
        expect(free(machines, fixed)).toBe(machines.length);
      }),
    );
  });

  it('takes at each step a cause that no other beats', () => {
    fc.assert(
      fc.property(estates, (machines) => {
        const fixed = new Set<number>();
        for (const { cause, frees } of cover(machines)) {
          const before = free(machines, fixed);
          for (let other = 0; other < 8; other++) {
            expect(free(machines, new Set([...fixed, other])) - before).toBeLessThanOrEqual(frees);
          }
          fixed.add(cause);
        }
      }),
    );
  });

  it('starts with the cause that holds most where no single one frees a machine', () => {
    const steps = cover([
      [0, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(steps[0]).toMatchObject({ cause: 1, holds: 3, freesAlone: 0, frees: 0 });
    expect(steps[1]).toMatchObject({ frees: 1, freesCumulative: 1 });
    expect(steps.at(-1)).toMatchObject({ freesCumulative: 3 });
  });

  it('stops at the limit', () => {
    expect(cover([[0], [1], [2]], 2)).toHaveLength(2);
    expect(cover([], 2)).toEqual([]);
  });
});
