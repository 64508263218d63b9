import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';
import { finding, waiver } from './finding.js';
import { plan, plannedMachine, planSource } from './plan.js';
import { planOptions } from './options.js';
import { networkMapping, storageMapping } from '../mapping/mapping.js';
import { machineChoices } from '../choice/choices.js';
import { machineFacts } from '../source/machine-facts.js';
import { storedJson } from './stored.js';

const planRow = z.object({
  ...plan.shape,
  options: storedJson(planOptions),
  networks: storedJson(z.array(networkMapping)),
  storage: storedJson(z.array(storageMapping)),
  sources: storedJson(z.array(planSource)),
  findings: storedJson(z.array(finding)),
  waivers: z.array(waiver),
  search: z.string(),
});

const machineRow = z.object({
  ...plannedMachine.shape,
  facts: storedJson(machineFacts),
  choices: storedJson(machineChoices),
  findings: storedJson(z.array(finding)),
});

export const createPlanQuery = defineQuery({
  file: 'plan/create',
  params: z.object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    target: z.string(),
    namespace: z.string(),
    search: z.string(),
    searchText: z.string(),
    searchVersion: z.number().int(),
    options: z.string(),
    networks: z.string(),
    storage: z.string(),
    sources: z.string(),
    at: z.string(),
    by: z.string(),
  }),
  row: z.object({ id: z.string() }),
});

/** What is written of one machine. */
export const machineToKeep = z.object({
  id: z.string(),
  entity: z.string(),
  source: z.string(),
  name: z.string(),
  targetName: z.string(),
  namespace: z.string(),
  position: z.number().int(),
  facts: z.string(),
  choices: z.string(),
  findings: z.string(),
  openBlockers: z.number().int(),
  warnings: z.number().int(),
});
export type MachineToKeep = z.input<typeof machineToKeep>;

export const keepMachinesQuery = defineQuery({
  file: 'plan/keep-machines',
  params: z.object({ plan: z.string(), machines: z.array(machineToKeep) }),
  row: z.object({ kept: z.number() }),
  idempotent: true,
});

export const updatePlanQuery = defineQuery({
  file: 'plan/update',
  params: z.object({
    id: z.string(),
    revision: z.number().int(),
    name: z.string(),
    description: z.string(),
    namespace: z.string(),
    state: z.string(),
    options: z.string(),
    networks: z.string(),
    storage: z.string(),
    findings: z.string(),
    openBlockers: z.number().int(),
    warnings: z.number().int(),
    validatedAt: z.string().nullable(),
    at: z.string(),
    by: z.string(),
  }),
  row: z.object({ revision: z.number() }),
});

export const findPlanQuery = defineQuery({
  file: 'plan/find',
  params: z.object({ id: z.string() }),
  row: z.object({ plan: planRow }),
});

export const listPlansQuery = defineQuery({
  file: 'plan/list',
  params: z.object({ after: z.string(), limit: z.number().int() }),
  row: z.object({ plan: planRow }),
});

export const listMachinesQuery = defineQuery({
  file: 'plan/list-machines',
  params: z.object({ plan: z.string(), after: z.number().int(), limit: z.number().int() }),
  row: z.object({ machine: machineRow }),
});

export const findMachineQuery = defineQuery({
  file: 'plan/find-machine',
  params: z.object({ plan: z.string(), entity: z.string() }),
  row: z.object({ machine: machineRow }),
});

export const removeMachinesQuery = defineQuery({
  file: 'plan/remove-machines',
  params: z.object({ plan: z.string(), entities: z.array(z.string()) }),
  row: z.object({ removed: z.number() }),
});

export const deletePlanQuery = defineQuery({
  file: 'plan/delete',
  params: z.object({ id: z.string() }),
  row: z.object({ machines: z.number() }),
  idempotent: true,
});

export const keepWaiverQuery = defineQuery({
  file: 'plan/keep-waiver',
  params: z.object({
    plan: z.string(),
    id: z.string(),
    finding: z.string(),
    machine: z.string().nullable(),
    reason: z.string(),
    by: z.string(),
    at: z.string(),
  }),
  row: z.object({ id: z.string() }),
  idempotent: true,
});

export const removeWaiverQuery = defineQuery({
  file: 'plan/remove-waiver',
  params: z.object({ plan: z.string(), finding: z.string(), machine: z.string().nullable() }),
  row: z.object({ removed: z.number() }),
  idempotent: true,
});

export const planSourcesQuery = defineQuery({
  file: 'plan/sources',
  params: z.object({ ids: z.array(z.string()) }),
  row: z.object({ source: planSource }),
});

export const networkVlansQuery = defineQuery({
  file: 'plan/network-vlans',
  params: z.object({ ids: z.array(z.string()) }),
  row: z.object({ id: z.string(), vlanId: z.number() }),
});
