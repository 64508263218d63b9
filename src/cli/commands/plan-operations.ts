import { z } from 'zod';
import type { ApiClient } from '../connection/api-client.js';

const finding = z.object({
  id: z.string(),
  severity: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
  waivable: z.boolean(),
});
export type Finding = z.output<typeof finding>;

const findingFields = 'id severity subject { kind id name } what why remedy waivable';

const waiver = z.object({
  finding: z.string(),
  machine: z.string().nullable(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
});
export type Waiver = z.output<typeof waiver>;

const networkTarget = z.object({
  type: z.string(),
  namespace: z.string().nullish(),
  name: z.string().nullish(),
});

const network = z.object({
  source: z.string(),
  sourceName: z.string(),
  vlanId: z.number().nullable(),
  destination: networkTarget.nullable(),
  alternatives: z.array(z.object({ destination: networkTarget.nullable() })),
  confidence: z.number(),
  reasons: z.array(z.string()),
});

const storage = z.object({
  source: z.string(),
  sourceName: z.string(),
  requiredBytes: z.number(),
  destination: z.object({ storageClass: z.string() }).nullable(),
  confidence: z.number(),
  reasons: z.array(z.string()),
});

const plan = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  target: z.string(),
  namespace: z.string(),
  searchText: z.string(),
  machineCount: z.number(),
  openBlockers: z.number(),
  warnings: z.number(),
  createdBy: z.string(),
  options: z.record(z.string(), z.unknown()),
  waivers: z.array(waiver),
  findings: z.array(finding),
  networks: z.array(network),
  storage: z.array(storage),
});
export type Plan = z.output<typeof plan>;

export const planFields = `id name state target namespace searchText machineCount openBlockers warnings createdBy options
  waivers { finding machine reason by at }
  findings { ${findingFields} }
  networks { source sourceName vlanId destination { type namespace name } alternatives { destination { type namespace name } } confidence reasons }
  storage { source sourceName requiredBytes destination { storageClass } confidence reasons }`;

const planPayload = z.object({ plan });

export const listPlans = async (api: ApiClient): Promise<readonly Plan[]> =>
  (
    await api.query(
      `query plans { plans(first: 1000) { ${planFields} } }`,
      {},
      z.object({ plans: z.array(plan) }),
    )
  ).plans;

/** A plan by its id or by its name, where only one has it. */
export const findPlan = async (api: ApiClient, idOrName: string): Promise<Plan> => {
  const named = (await listPlans(api)).filter(
    ({ id, name }) => id === idOrName || name === idOrName,
  );
  const [only, other] = named;
  if (only !== undefined && other === undefined) return only;
  const found = await api.query(
    `query plan($id: ID!) { plan(id: $id) { ${planFields} } }`,
    { id: idOrName },
    z.object({ plan }),
  );
  return found.plan;
};

/** Runs a mutation that answers with the plan as it is then. */
export const changePlan = async (
  api: ApiClient,
  mutation: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Plan> => (await api.mutate(mutation, variables, planPayload)).plan;

const machine = z.object({
  entity: z.string(),
  name: z.string(),
  targetName: z.string(),
  position: z.number(),
  findings: z.array(finding),
});
export type PlannedMachine = z.output<typeof machine>;

const pageOfMachines = 500;

/** All machines of a plan in their order, page by page. */
export async function* plannedMachines(api: ApiClient, id: string): AsyncGenerator<PlannedMachine> {
  let after: number | null = null;
  for (;;) {
    const page: { readonly plannedVirtualMachines: readonly PlannedMachine[] } = await api.query(
      `query machines($plan: ID!, $first: Int!, $after: Int) {
        plannedVirtualMachines(plan: $plan, first: $first, after: $after) {
          entity name targetName position findings { ${findingFields} }
        }
      }`,
      { plan: id, first: pageOfMachines, after },
      z.object({ plannedVirtualMachines: z.array(machine) }),
    );
    yield* page.plannedVirtualMachines;
    after = page.plannedVirtualMachines.at(-1)?.position ?? null;
    if (page.plannedVirtualMachines.length < pageOfMachines) return;
  }
}
