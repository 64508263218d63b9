import type { CommandContext } from '../command-context.js';
import { bytes } from '../output/quantity.js';
import type { Plan } from './plan-operations.js';

/** What a plan is and where it stands. */
export const summary = (context: CommandContext, plan: Plan): void => {
  context.object(plan, [
    ['plan', plan.id],
    ['name', plan.name],
    ['state', plan.state],
    ['machines', plan.machineCount],
    ['target', `${plan.target}, namespace ${plan.namespace}`],
    ['search', plan.searchText],
    ...(plan.state === 'draft'
      ? ([['checked', 'not since its last change']] as const)
      : ([
          ['open blockers', plan.openBlockers],
          ['warnings', plan.warnings],
        ] as const)),
  ]);
};

/** What is left to do before the plan can run, as commands. */
const nextSteps = (context: CommandContext, { name, state, networks, storage }: Plan): void => {
  const undecided = [
    ...networks
      .filter(({ destination }) => destination === null)
      .map(({ sourceName }) => `--network '${sourceName}' --to <namespace/name, pod or ignored>`),
    ...storage
      .filter(({ destination }) => destination === null)
      .map(({ sourceName }) => `--datastore '${sourceName}' --to <storage class>`),
  ];
  const commands = undecided.map((rest) => `opal plan map ${name} ${rest}`);
  if (commands.length === 0 && state === 'draft') commands.push(`opal plan validate ${name}`);
  for (const command of commands) context.note(`Next: ${command}`);
};

const percent = (confidence: number): string => `${String(Math.round(confidence * 100))} %`;

const showMappings = (context: CommandContext, { networks, storage }: Plan): void => {
  if (context.options.output !== 'table') return;
  context.print('');
  context.rows(networks, [
    { title: 'network', cell: ({ sourceName }) => sourceName },
    { title: 'vlan', cell: ({ vlanId }) => vlanId },
    {
      title: 'goes to',
      cell: ({ destination }) =>
        destination === null
          ? 'undecided'
          : destination.type === 'multus'
            ? `${destination.namespace ?? ''}/${destination.name ?? ''}`
            : destination.type,
    },
    { title: 'sure', cell: ({ confidence }) => percent(confidence), align: 'right' },
    { title: 'because', cell: ({ reasons }) => reasons },
    { title: 'id', cell: ({ source }) => source },
  ]);
  context.print('');
  context.rows(storage, [
    { title: 'datastore', cell: ({ sourceName }) => sourceName },
    { title: 'needs', cell: ({ requiredBytes }) => bytes(requiredBytes), align: 'right' },
    { title: 'goes to', cell: ({ destination }) => destination?.storageClass ?? 'undecided' },
    { title: 'sure', cell: ({ confidence }) => percent(confidence), align: 'right' },
    { title: 'because', cell: ({ reasons }) => reasons },
    { title: 'id', cell: ({ source }) => source },
  ]);
};

/** A plan with its mappings, and what is left to do. */
export const showPlan = (context: CommandContext, plan: Plan): void => {
  summary(context, plan);
  showMappings(context, plan);
  nextSteps(context, plan);
};
