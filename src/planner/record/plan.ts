import { z } from 'zod';
import { machineChoices } from '../choice/choices.js';
import { networkMapping, storageMapping } from '../mapping/mapping.js';
import { machineFacts } from '../source/machine-facts.js';
import { finding, waiver } from './finding.js';
import { planOptions } from './options.js';
import { PlanState } from './state.js';

/** A source of the plan's machines, as it stood when the plan was made. */
export const planSource = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  /** Number of the last sync that had begun, and of the last complete one; null for neither. */
  lastSync: z.number().nullable(),
  lastComplete: z.number().nullable(),
});
export type PlanSource = z.output<typeof planSource>;

/** A frozen set of machines with all that was decided about migrating them. */
export const plan = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  state: z.enum(PlanState),
  /** Grows with every change; a change made on an older one is refused. */
  revision: z.number(),
  /** Id of the source that stands for the target cluster. */
  target: z.string(),
  namespace: z.string(),
  /** The search that chose the machines, in the search language. */
  searchText: z.string(),
  searchVersion: z.number(),
  options: planOptions,
  networks: z.array(networkMapping),
  storage: z.array(storageMapping),
  sources: z.array(planSource),
  /** Findings about the plan as a whole; those of machines stand with them. */
  findings: z.array(finding),
  waivers: z.array(waiver),
  machineCount: z.number(),
  openBlockers: z.number(),
  warnings: z.number(),
  createdAt: z.string(),
  createdBy: z.string(),
  changedAt: z.string(),
  changedBy: z.string(),
  validatedAt: z.string().nullable(),
});
export type Plan = z.output<typeof plan>;

/** A machine of a plan. */
export const plannedMachine = z.object({
  id: z.string(),
  plan: z.string(),
  /** Id of the source machine in the graph. */
  entity: z.string(),
  name: z.string(),
  targetName: z.string(),
  namespace: z.string(),
  position: z.number(),
  facts: machineFacts,
  choices: machineChoices,
  findings: z.array(finding),
});
export type PlannedMachine = z.output<typeof plannedMachine>;
