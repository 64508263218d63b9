import type { Rule } from '../rule/rule.js';

const section = (title: string, text: string): string => `## ${title}\n\n${text}\n`;

/** The page of one rule, in Markdown. */
function rulePage(rule: Rule): string {
  const places = rule.causeKinds.join(', or ');
  return [
    `# ${rule.label}\n`,
    `\`${rule.id}\` · ${rule.category} · for sources of ${rule.provider}\n`,
    section('When it fires', rule.fires),
    section('What it does to a migration', rule.effect),
    section('What to do', rule.remedy),
    section('Cause', `Fixed at: ${places}. ${rule.causeReason}`),
    ...(rule.deviation === undefined
      ? []
      : [section('Difference from the Forklift rule of this id', rule.deviation)]),
    section('Find the machines', `\`\`\`text\nvms where concerns.id = '${rule.id}'\n\`\`\``),
  ].join('\n');
}

const gravity = ['Critical', 'Warning', 'Information', 'Advisory'];

/** The page that leads to all rules, gravest first. */
function rulesIndexPage(rules: readonly Rule[]): string {
  const sorted = [...rules].sort(
    (a, b) => gravity.indexOf(a.category) - gravity.indexOf(b.category) || (a.id < b.id ? -1 : 1),
  );
  const rows = sorted.map(
    ({ id, category, label }) => `| [${id}](${id}.md) | ${category} | ${label} |`,
  );
  return [
    '# Concerns',
    '',
    'What may hinder the migration of a machine. A critical concern blocks it. Ids and categories are',
    "those of Forklift's catalogue, so that findings can be compared; labels hold no values, so that",
    'machines group by them. Each occurrence points at its cause: the one place where it is fixed for',
    'all machines that it holds.',
    '',
    'A machine is `blocked` by a critical concern, else `unknown` where the source cannot reach it or',
    'gives neither CPUs, memory nor disks of it, else `readyWithWarnings` or `ready`. A guest that does',
    'not report makes no machine unknown: what is then missing has rules of its own.',
    '',
    'These pages are made from the rules: change the rule, then run `npx vitest run test/concerns/catalogue.test.ts -u`.',
    '',
    '| rule | category | what it says |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** All pages by their file names. */
export function concernPages(rules: readonly Rule[]): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', rulesIndexPage(rules)],
    ...rules.map((rule): [string, string] => [`${rule.id}.md`, rulePage(rule)]),
  ]);
}
