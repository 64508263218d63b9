import { machineKey } from '../../src/planner/names/object-names.js';
import type { Plan, PlannedMachine } from '../../src/planner/index.js';
import type { ValidationContext } from '../../src/planner/validation/context.js';
import { blueprintOf, type BlueprintParts } from './blueprint-of.js';

export interface ContextParts extends BlueprintParts {
  /** More machines of the plan. */
  readonly others?: readonly BlueprintParts[];
  readonly context?: Partial<ValidationContext>;
  /** Changes to what was proposed for the first machine. */
  readonly choices?: Partial<PlannedMachine['choices']>;
  readonly plan?: Partial<Plan>;
}

const planId = '7d9f7c1e-0000-4000-8000-000000000001';

function plannedMachine(
  parts: BlueprintParts,
  position: number,
  choices: Partial<PlannedMachine['choices']> = {},
): PlannedMachine {
  const blueprint = blueprintOf(parts);
  const { machine } = blueprint;
  return {
    id: `${planId}/${machineKey(machine.id)}`,
    plan: planId,
    entity: machine.id,
    name: machine.name,
    targetName: blueprint.choices.targetName,
    namespace: blueprint.namespace,
    position,
    facts: machine,
    choices: { ...blueprint.choices, ...choices },
    findings: [],
  };
}

/** What a validation of a plan of one sound machine looks at, with the given differences. */
export function contextOf(parts: ContextParts = {}): ValidationContext {
  const blueprint = blueprintOf(parts);
  const others = (parts.others ?? []).map((other, index) => plannedMachine(other, index + 1));
  const machines = [plannedMachine(parts, 0, parts.choices), ...others];
  const mappings = parts.context?.mappings ?? blueprint.mappings;
  const plan: Plan = {
    id: planId,
    name: 'wave 1',
    description: '',
    state: 'draft',
    revision: 1,
    target: 'kv',
    namespace: blueprint.namespace,
    searchText: 'vms',
    searchVersion: 1,
    options: blueprint.options,
    networks: [...mappings.networks],
    storage: [...mappings.storage],
    sources: [{ id: 'vc', name: 'vc', kind: 'vsphere', lastSync: 1, lastComplete: 1 }],
    findings: [],
    waivers: [],
    machineCount: machines.length,
    openBlockers: 0,
    warnings: 0,
    createdAt: '2026-01-01T00:00:00.000Z',
    createdBy: 'ada',
    changedAt: '2026-01-01T00:00:00.000Z',
    changedBy: 'ada',
    validatedAt: null,
    ...parts.plan,
  };
  return {
    plan,
    machines,
    target: blueprint.target,
    present: new Set(machines.map(({ entity }) => entity)),
    takenNames: new Map(),
    takenVolumes: new Map(),
    migrated: new Map(),
    takenMacs: new Map(),
    otherPlans: new Map(),
    sharedFiles: new Map(),
    blueprintOf: (machine) => ({
      ...blueprint,
      machine: machine.facts,
      choices: machine.choices,
      mappings,
    }),
    ...parts.context,
    mappings,
  };
}
