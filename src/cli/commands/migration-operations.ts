import { z } from 'zod';
import { CliError } from '../cli-error.js';
import { errorFields, type ApiClient } from '../connection/api-client.js';
import { ExitCode } from '../exit-code.js';

const run = z.object({
  id: z.string(),
  plan: z.string(),
  planName: z.string(),
  state: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullish(),
  endedAt: z.string().nullish(),
});
export type Run = z.output<typeof run>;

const runFields = 'id plan planName state createdBy createdAt startedAt endedAt';

const migration = run.extend({
  machines: z.array(z.object({ state: z.string(), machines: z.number() })),
  machineCount: z.number(),
  copiedBytes: z.number(),
  totalBytes: z.number(),
  etaSeconds: z.number().nullish(),
});
export type Migration = z.output<typeof migration>;

const migrationFields = `${runFields} machines { state machines } machineCount copiedBytes totalBytes etaSeconds`;

const failure = z.object({ what: z.string(), why: z.string(), remedy: z.string() });

const step = z.object({
  name: z.string(),
  direction: z.string(),
  state: z.string(),
  attempts: z.number(),
  startedAt: z.string().nullish(),
  endedAt: z.string().nullish(),
  outcome: z.string().nullish(),
  error: failure.nullish(),
});
export type Step = z.output<typeof step>;

const machine = z.object({
  id: z.string(),
  position: z.number(),
  entity: z.string(),
  name: z.string(),
  targetName: z.string(),
  namespace: z.string(),
  state: z.string(),
  step: z.string().nullish(),
  copiedBytes: z.number(),
  totalBytes: z.number(),
  etaSeconds: z.number().nullish(),
  error: failure.nullish(),
  steps: z.array(step),
});
export type MigratingMachine = z.output<typeof machine>;

const machineFields = `id position entity name targetName namespace state step copiedBytes totalBytes etaSeconds
  error { what why remedy }
  steps { name direction state attempts startedAt endedAt outcome error { what why remedy } }`;

const mostRuns = 1_000;

/** Runs, newest first. */
export const listRuns = async (api: ApiClient): Promise<readonly Run[]> =>
  (
    await api.query(
      `query migrations($first: Int!) { migrations(first: $first) { ${runFields} } }`,
      { first: mostRuns },
      z.object({ migrations: z.array(run) }),
    )
  ).migrations;

const notOne = (text: string, what: string, why: string): CliError =>
  new CliError(
    {
      code: 'migration.unknown',
      what,
      subject: text,
      why,
      remedy: 'The runs and their ids: opal migrate list',
    },
    ExitCode.notFound,
  );

/**
 * The run that a person means: by its id, by a beginning of it that no other has, or by the name of
 * its plan, of which the newest run is meant.
 *
 * @throws CliError where it is none, or may be several.
 */
export const pickRun = (runs: readonly Run[], text: string): Run => {
  const exact = runs.find(({ id }) => id === text);
  if (exact !== undefined) return exact;
  const named = runs.filter(({ planName }) => planName === text);
  if (new Set(named.map(({ plan }) => plan)).size > 1) {
    throw notOne(text, 'Several plans with runs have this name', 'names are not unique');
  }
  const [newest] = named;
  if (newest !== undefined) return newest;
  const beginning = text === '' ? [] : runs.filter(({ id }) => id.startsWith(text));
  const [only, other] = beginning;
  if (only === undefined) {
    throw notOne(text, 'There is no such run', 'none has this id, nor a plan of this name');
  }
  if (other === undefined) return only;
  throw notOne(text, 'Several runs begin like this', `${String(beginning.length)} ids do`);
};

export const findRun = async (api: ApiClient, text: string): Promise<Run> =>
  pickRun(await listRuns(api), text);

export const readMigration = async (api: ApiClient, id: string): Promise<Migration> =>
  (
    await api.query(
      `query migration($id: ID!) { migration(id: $id) { ${migrationFields} } }`,
      { id },
      z.object({ migration }),
    )
  ).migration;

const pageOfMachines = 500;

/** All machines of a run in their order, page by page. */
export const readMachines = async (
  api: ApiClient,
  id: string,
): Promise<readonly MigratingMachine[]> => {
  const machines: MigratingMachine[] = [];
  for (;;) {
    const { migratingVirtualMachines: page } = await api.query(
      `query machines($id: ID!, $first: Int!, $after: Int) {
        migratingVirtualMachines(migration: $id, first: $first, after: $after) { ${machineFields} }
      }`,
      { id, first: pageOfMachines, after: machines.at(-1)?.position ?? null },
      z.object({ migratingVirtualMachines: z.array(machine) }),
    );
    machines.push(...page);
    if (page.length < pageOfMachines) return machines;
  }
};

const changed = async (
  api: ApiClient,
  mutation: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Migration> => (await api.mutate(mutation, variables, z.object({ migration }))).migration;

const payload = `{ ${errorFields} migration { ${migrationFields} } }`;

export const startRun = (api: ApiClient, plan: string): Promise<Migration> =>
  changed(api, `mutation start($plan: ID!) { startMigration(plan: $plan) ${payload} }`, { plan });

export type RunChange = 'pauseMigration' | 'resumeMigration' | 'retryMigration';

export const changeRun = (api: ApiClient, name: RunChange, id: string): Promise<Migration> =>
  changed(api, `mutation change($id: ID!) { ${name}(id: $id) ${payload} }`, { id });

export interface CancelOptions {
  readonly keepDisks: boolean;
  readonly stopRunningTarget: boolean;
}

export const cancelRun = (api: ApiClient, id: string, options: CancelOptions): Promise<Migration> =>
  changed(
    api,
    `mutation cancel($id: ID!, $keepDisks: Boolean!, $stopRunningTarget: Boolean!) {
      cancelMigration(id: $id, keepDisks: $keepDisks, stopRunningTarget: $stopRunningTarget) ${payload}
    }`,
    { id, ...options },
  );
