import { chooseForMachine } from '../../src/planner/choice/choose.js';
import { proposeMappings } from '../../src/planner/mapping/propose.js';
import { validNameFrom } from '../../src/planner/names/target-name.js';
import { planOptions, type PlanOptionsInput } from '../../src/planner/record/options.js';
import type { MachineFacts } from '../../src/planner/source/machine-facts.js';
import type { TargetFacts } from '../../src/planner/target/target-facts.js';
import type { Blueprint } from '../../src/planner/virtual-machine/blueprint.js';
import { machineFactsOf, targetFactsOf } from './facts.js';

export interface BlueprintParts {
  readonly machine?: Partial<MachineFacts>;
  readonly target?: Partial<TargetFacts>;
  readonly options?: PlanOptionsInput;
  readonly namespace?: string;
  readonly vlans?: ReadonlyMap<string, number>;
}

/** A blueprint as the planner proposes it for a machine. */
export function blueprintOf(parts: BlueprintParts = {}): Blueprint {
  const machine = machineFactsOf(parts.machine);
  const target = targetFactsOf(parts.target);
  const options = planOptions.parse(parts.options ?? {});
  const namespace = parts.namespace ?? 'migrated';
  const vlans = parts.vlans ?? new Map([['vc/Network/network-1', 100]]);
  const name = { name: validNameFrom(machine.name, machine.id), reasons: [] };
  return {
    planId: '7d9f7c1e-0000-4000-8000-000000000001',
    planName: 'wave 1',
    namespace,
    machine,
    choices: chooseForMachine(machine, name, options, target),
    options,
    mappings: proposeMappings([machine], vlans, target, namespace),
    target,
  };
}
