import { flagOf } from './load.js';
import { optionGroups, type Option } from './option.js';
import { options } from './options.js';

const table: readonly Option<unknown>[] = Object.values(options);

function inGroup(group: string): readonly Option<unknown>[] {
  return table.filter((option) => option.group === group);
}

function wrap(text: string, indent: string, width = 96): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join('\n');
}

function helpEntry(option: Option<unknown>): string {
  const names = option.secret
    ? option.environment
    : `--${flagOf(option)} <value>, ${option.environment}`;
  const standard = option.defaultText === '' ? '' : ` Default: ${option.defaultText}.`;
  return `  ${names}\n${wrap(`${option.summary} Takes ${option.accepts}.${standard}`, '      ')}`;
}

/** The text of `--help` of the server. */
export function renderHelp(): string {
  const sections = optionGroups.map(
    (group) => `${group}\n${inGroup(group).map(helpEntry).join('\n')}`,
  );
  return [
    'Starts the server. Options are read from the command line, then from the environment.\n',
    sections.join('\n\n'),
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function row(option: Option<unknown>): string {
  const flag = option.secret ? 'environment only' : `\`--${flagOf(option)}\``;
  const standard = option.defaultText === '' ? '' : `\`${option.defaultText}\``;
  const cells = [
    `\`${option.environment}\``,
    flag,
    standard,
    option.unit ?? '',
    `${option.summary} Takes ${option.accepts}.${option.secret ? ' A secret.' : ''}`,
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** The page docs/configuration.md. */
export function renderConfigurationPage(): string {
  const sections = optionGroups.map((group) =>
    [
      `## ${group}`,
      '',
      '| Variable | Flag of the server | Default | Unit | Meaning |',
      '| --- | --- | --- | --- | --- |',
      ...inGroup(group).map(row),
      '',
    ].join('\n'),
  );
  return [
    '# Configuration',
    '',
    'Made from src/server/configuration/options.ts; `npx vitest run test/server/configuration -u` writes it anew.',
    '',
    'A flag wins over its variable. An empty variable counts as not set. A variable that starts with `OPAL_` and is not in these tables is refused by name, and so is every value that is not accepted.',
    '',
    ...sections,
  ].join('\n');
}
