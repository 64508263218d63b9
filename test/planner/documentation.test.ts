import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { findingCatalogue, PlanState, type RuleDescription } from '../../src/planner/index.js';

const page = new URL('../../docs/planning.md', import.meta.url);

const row = ({ id, severity, waivable, meaning, forklift }: RuleDescription): string =>
  `| \`${id}\` | ${severity} | ${waivable ? 'yes' : 'no'} | ${meaning} | ${forklift ?? ''} |`;

const table = [
  '| id | severity | waivable | when | Forklift |',
  '| --- | --- | --- | --- | --- |',
  ...[...findingCatalogue].sort((one, other) => (one.id < other.id ? -1 : 1)).map(row),
].join('\n');

/** Lines without the padding that the formatter gives a table. */
const linesOf = (text: string): string[] =>
  text.split('\n').map((line) => line.replace(/\s+/gu, ' ').replace(/-{3,}/gu, '---'));

it('the page on planning lists every finding as the code has it', async () => {
  const text = await readFile(page, 'utf8');
  const [, listed] =
    /<!-- findings: begin -->\s*([\s\S]*?)\s*<!-- findings: end -->/u.exec(text) ?? [];
  expect(linesOf(listed ?? '')).toEqual(linesOf(table));
});

it('the page on planning names every state', async () => {
  const text = await readFile(page, 'utf8');
  for (const state of Object.values(PlanState)) expect(text).toContain(`\`${state}\``);
});
