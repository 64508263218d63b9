import type { CommandContext } from '../command-context.js';
import { asTyped } from '../invoked-as.js';
import { counted, person } from '../output/quantity.js';
import {
  plannedMachines,
  type Finding,
  type Plan,
  type PlannedMachine,
  type Waiver,
} from './plan-operations.js';

/** A finding, the machine it is about, and who answers for it. */
export interface OpenFinding extends Finding {
  /** Id of the source machine; null for the plan as a whole. */
  readonly machine: string | null;
  readonly machineName: string | null;
  readonly waiver: Waiver | undefined;
}

const severities = ['blocker', 'warning', 'information'];

/** All findings of a plan and of its machines, the gravest first. */
export const findingsOf = async (
  context: CommandContext,
  plan: Plan,
): Promise<readonly OpenFinding[]> => {
  const judged = (finding: Finding, on?: PlannedMachine): OpenFinding => {
    const machine = on?.entity ?? null;
    const waiver = plan.waivers.find(
      (one) => one.finding === finding.id && one.machine === machine,
    );
    return { ...finding, machine, machineName: on?.name ?? null, waiver };
  };
  const findings = plan.findings.map((finding) => judged(finding));
  for await (const machine of plannedMachines(context.api, plan.id)) {
    findings.push(...machine.findings.map((finding) => judged(finding, machine)));
  }
  return findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
};

/** A blocker that somebody answers for blocks no longer, and must not read as if it did. */
const standing = ({ severity, waiver }: OpenFinding): string =>
  waiver === undefined ? severity : `waived by ${person(waiver.by)}: ${waiver.reason}`;

/** The option of `opal plan set` with which a finding is solved, where there is one. */
const settings: Readonly<Record<string, string>> = {
  'plan.vddk-image.missing': '--option vddkImage=<image>',
  'machine.name.changed': '--machine <machine> --target-name <name>',
  'machine.name.not-valid': '--machine <machine> --target-name <name>',
  'machine.name.taken': '--machine <machine> --target-name <name>',
  'machine.name.twice-in-plan': '--machine <machine> --target-name <name>',
};

/** The checks whose findings this command line solves with one command. */
export const settableChecks: readonly string[] = Object.keys(settings);

/** What to do, with the command for it where the command line has one. */
export const remedyOf = ({ id, remedy, machineName }: OpenFinding, plan: string): string => {
  const setting = settings[id]?.replace('<machine>', machineName ?? '<machine>');
  return setting === undefined
    ? remedy
    : `${remedy} ${asTyped(`opal plan set ${plan} ${setting}`)}`;
};

interface FindingGroup {
  readonly severity: string;
  readonly check: string;
  /** Null where the finding is about the plan as a whole. */
  readonly machines: number | null;
  readonly on: string;
  readonly what: string;
  readonly remedy: string;
}

const namesShown = 3;

const fewNames = (names: readonly string[]): string => {
  const more = names.length - namesShown;
  const first = names.slice(0, namesShown).join(', ');
  return more > 0 ? `${first} and ${String(more)} more` : first;
};

const distinct = (names: readonly (string | null)[]): string[] => [
  ...new Set(names.filter((name) => name !== null)),
];

/** The findings of one check that stand alike, as one row each, in the order of the first. */
export const groupFindings = (
  findings: readonly OpenFinding[],
  plan: string,
): readonly FindingGroup[] => {
  const groups = new Map<string, OpenFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.id, standing(finding)]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const machines = distinct(group.map(({ machine }) => machine)).length;
    const said = `${first.what}: ${first.why}`;
    return {
      severity: standing(first),
      check: first.id,
      machines: machines === 0 ? null : machines,
      on: fewNames(distinct(group.map(({ machineName, subject }) => machineName ?? subject.name))),
      what: group.length === 1 ? said : `for instance: ${said}`,
      remedy: remedyOf(first, plan),
    };
  });
};

/** Findings as rows: one for each check, or every one of them. Scripts get every one. */
export const showFindings = (
  context: CommandContext,
  { name }: Pick<Plan, 'name'>,
  findings: readonly OpenFinding[],
  all: boolean,
): void => {
  if (all || context.options.output !== 'table') {
    context.rows(findings, [
      { title: 'severity', cell: standing, exact: ({ severity }) => severity },
      { title: 'check', cell: ({ id }) => id },
      { title: 'machine', cell: ({ machineName }) => machineName },
      { title: 'on', cell: ({ subject }) => subject.name },
      { title: 'what', cell: ({ what, why }) => `${what}: ${why}` },
      { title: 'what to do', cell: (finding) => remedyOf(finding, name) },
    ]);
    return;
  }
  const groups = groupFindings(findings, name);
  context.rows(groups, [
    { title: 'severity', cell: ({ severity }) => severity },
    { title: 'check', cell: ({ check }) => check },
    { title: 'machines', cell: ({ machines }) => machines, align: 'right' },
    { title: 'on', cell: ({ on }) => on },
    { title: 'what', cell: ({ what }) => what },
    { title: 'what to do', cell: ({ remedy }) => remedy },
  ]);
  if (groups.length < findings.length) {
    context.note(`${counted(findings.length, 'finding')}; one by one with --all.`);
  }
};
