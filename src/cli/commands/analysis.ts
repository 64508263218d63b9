import { z } from 'zod';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { findMachineId } from './find-machine.js';
import { counted } from '../output/quantity.js';
import { each, wholeNumber } from './option-values.js';

const cause = z.object({
  id: z.string(),
  label: z.string(),
  category: z.string(),
  rule: z.string(),
  holds: z.number(),
  freesAlone: z.number(),
  frees: z.number(),
  freesCumulative: z.number(),
  remedy: z.string(),
});

const selection = (where: string | undefined) => (where === undefined ? null : { search: where });

const causes = async (
  context: CommandContext,
  options: { readonly where?: string; readonly limit: number; readonly warnings: boolean },
): Promise<void> => {
  const { rankedCauses } = await context.api.query(
    `query causes($where: MachineSelection, $limit: Int!, $warnings: Boolean!) {
      rankedCauses(where: $where, limit: $limit, includeWarnings: $warnings) {
        heldMachines causeCount
        causes { id label category rule holds freesAlone frees freesCumulative remedy }
      }
    }`,
    { where: selection(options.where), limit: options.limit, warnings: options.warnings },
    z.object({
      rankedCauses: z.object({
        heldMachines: z.number(),
        causeCount: z.number(),
        causes: z.array(cause),
      }),
    }),
  );
  context.rows(rankedCauses.causes, [
    { title: 'cause', cell: ({ label }) => label },
    { title: 'category', cell: ({ category }) => category },
    { title: 'holds', cell: ({ holds }) => holds, align: 'right' },
    { title: 'frees alone', cell: ({ freesAlone }) => freesAlone, align: 'right' },
    { title: 'frees', cell: ({ frees }) => frees, align: 'right' },
    { title: 'free so far', cell: ({ freesCumulative }) => freesCumulative, align: 'right' },
    { title: 'id', cell: ({ id }) => id },
  ]);
  const { heldMachines, causeCount } = rankedCauses;
  const verb = causeCount === 1 ? 'holds' : 'hold';
  context.note(`${counted(causeCount, 'cause')} ${verb} ${counted(heldMachines, 'machine')}.`);
};

const similarMachine = z.object({
  id: z.string(),
  name: z.string(),
  score: z.number(),
  shared: z.array(z.object({ group: z.string(), label: z.string() })),
});

/** Groups whose labels are bare names, of which one cannot tell what they name. */
const named = ['tag', 'network', 'cluster', 'datastore'];

const similar = async (
  context: CommandContext,
  machines: readonly string[],
  limit: number,
): Promise<void> => {
  const to = await Promise.all(machines.map((machine) => findMachineId(context.api, machine)));
  const { similarMachines } = await context.api.query(
    `query similar($to: [ID!]!, $limit: Int!) {
      similarMachines(to: $to, limit: $limit) { id name score shared { group label } }
    }`,
    { to, limit },
    z.object({ similarMachines: z.array(similarMachine) }),
  );
  context.rows(similarMachines, [
    { title: 'name', cell: ({ name }) => name },
    { title: 'score', cell: ({ score }) => score.toFixed(3), align: 'right' },
    {
      title: 'because',
      cell: ({ shared }) =>
        shared
          .slice(0, 4)
          .map(({ group, label }) => (named.includes(group) ? `${group} ${label}` : label)),
    },
    { title: 'id', cell: ({ id }) => id },
  ]);
};

const counts = z.object({
  ready: z.number(),
  readyWithWarnings: z.number(),
  blocked: z.number(),
  unknown: z.number(),
});

const whatIf = async (
  context: CommandContext,
  options: {
    readonly fix: readonly string[];
    readonly waive: readonly string[];
    readonly where?: string;
  },
): Promise<void> => {
  const { whatIf: outcome } = await context.api.query(
    `query whatIf($fixed: [ID!]!, $waived: [String!]!, $where: MachineSelection) {
      whatIf(fixedCauses: $fixed, waivedRules: $waived, where: $where) {
        before { ready readyWithWarnings blocked unknown }
        after { ready readyWithWarnings blocked unknown }
        newlyReady { total }
      }
    }`,
    { fixed: options.fix, waived: options.waive, where: selection(options.where) },
    z.object({
      whatIf: z.object({
        before: counts,
        after: counts,
        newlyReady: z.object({ total: z.number() }),
      }),
    }),
  );
  const { before, after } = outcome;
  const states = ['ready', 'readyWithWarnings', 'blocked', 'unknown'] as const;
  context.rows(
    states.map((readiness) => ({ readiness, before: before[readiness], after: after[readiness] })),
    [
      { title: 'readiness', cell: ({ readiness }) => readiness },
      { title: 'before', cell: (row) => row.before, align: 'right' },
      { title: 'after', cell: (row) => row.after, align: 'right' },
    ],
  );
  context.note(`${counted(outcome.newlyReady.total, 'machine')} would no longer be blocked.`);
};

/** opal causes, opal similar, opal what-if */
export const registerAnalysis: RegisterCommand = (program, context) => {
  program
    .command('causes')
    .description('where fixing one thing frees the most machines')
    .option(
      '--where <search>',
      "only these machines, for instance: vms where host.cluster.name = 'prod'",
    )
    .option('--limit <number>', 'causes at most', wholeNumber, 20)
    .option('--warnings', 'a machine is free only without warnings', false)
    .action((options: { where?: string; limit: number; warnings: boolean }) =>
      causes(context(), options),
    );
  program
    .command('similar <machine...>')
    .description('machines like these, by id or name')
    .option('--limit <number>', 'machines at most', wholeNumber, 20)
    .action((machines: string[], { limit }: { limit: number }) =>
      similar(context(), machines, limit),
    );
  program
    .command('what-if')
    .description('the readiness if causes were fixed and rules waived')
    .option('--fix <cause>', 'id of a cause; may be repeated', each, [])
    .option('--waive <rule>', 'id of a rule; may be repeated', each, [])
    .option('--where <search>', 'only these machines')
    .action((options: { fix: string[]; waive: string[]; where?: string }) =>
      whatIf(context(), options),
    );
};
