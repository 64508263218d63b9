import type { Blueprint } from './blueprint.js';

/** Whether the target is to run: as asked, or as the source did when the plan was made. */
export function runStrategyOf({ machine, choices }: Blueprint): 'Always' | 'Halted' {
  const { value } = choices.power;
  const runs = value === 'on' || (value === 'auto' && machine.powerState === 'poweredOn');
  return runs ? 'Always' : 'Halted';
}
