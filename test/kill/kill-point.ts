import type { StepName } from '../../src/executor/index.js';
import type { Moment } from '../../src/executor/turn-observer.js';

/** Where a worker is to die. */
export interface KillPoint {
  readonly step: StepName;
  readonly moment: Moment;
}

/** Steps that change something outside, in a run with hooks and a conversion. */
const changing: ReadonlySet<StepName> = new Set<StepName>([
  'pre-hook',
  'power-off-source',
  'create-data-volumes',
  'convert-guest',
  'create-virtual-machine',
  'start-target',
  'post-hook',
  'clean-up',
  'remove-target',
  'remove-disks',
  'remove-credentials',
  'restore-source-power',
]);

/** Every moment of every step: nothing done, called but not answered for, done but not recorded, recorded. */
export const killPoints = (steps: readonly StepName[]): readonly KillPoint[] =>
  steps.flatMap((step) => {
    const around: readonly Moment[] = changing.has(step) ? ['before-call', 'after-call'] : [];
    const moments: readonly Moment[] = ['before-step', ...around, 'before-record', 'after-record'];
    return moments.map((moment) => ({ step, moment }));
  });

/** One moment of each step, a different one from step to step: what the ordinary tests have time for. */
export function sampleOf(points: readonly KillPoint[]): readonly KillPoint[] {
  const steps = [...new Set(points.map(({ step }) => step))];
  return steps.flatMap((step, index) => {
    const moments = points.filter((point) => point.step === step);
    const chosen = moments[(index * 2 + 1) % moments.length];
    return chosen === undefined ? [] : [chosen];
  });
}

export const nameOf = ({ step, moment }: KillPoint): string => `${step}/${moment}`;
