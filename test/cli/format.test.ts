import { describe, expect, it } from 'vitest';
import { displayWidth, fitColumns } from '../../src/cli/output/fit-columns.js';
import { formatObject, formatRows, type Column } from '../../src/cli/output/format.js';
import { age, bytes, duration } from '../../src/cli/output/quantity.js';

interface Row {
  readonly name: string;
  readonly disks: readonly string[];
  readonly size: number | null;
}

const rows: readonly Row[] = [
  { name: 'web', disks: ['a', 'b'], size: 4096 },
  { name: '=cmd()\u001b[31m', disks: [], size: null },
];

const columns: readonly Column<Row>[] = [
  { title: 'name', cell: ({ name }) => name },
  { title: 'disks', cell: ({ disks }) => disks },
  { title: 'size', cell: ({ size }) => size, align: 'right' },
];

describe('rows on the command line', () => {
  it('stand in columns, with control letters made harmless', () => {
    expect(formatRows(rows, columns, 'table').split('\n')).toEqual([
      'NAME         DISKS  SIZE',
      'web          a, b   4096',
      '=cmd()\uFFFD[31m',
    ]);
  });

  it('fit into the terminal, which says what it shortened', () => {
    const names: Row[] = [{ name: 'web', disks: ['名前'.repeat(10), 'b'.repeat(30)], size: 1 }];
    const shortened: string[] = [];
    const onShortened = (titles: readonly string[]): number => shortened.push(...titles);
    const lines = formatRows(names, columns, 'table', { width: 40, onShortened }).split('\n');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(40);
    expect(lines[1]).toMatch(/^web {3}名前.*… +1$/u);
    expect(shortened).toEqual(['disks']);
    expect(formatRows(names, columns, 'table', { width: 200, onShortened })).toContain('bbb');
    expect(shortened).toEqual(['disks']);
  });

  it('say that nothing was found to people, and give scripts an empty list', () => {
    expect(formatRows([], columns, 'table')).toBe('Nothing found.');
    expect(formatRows([], columns, 'json')).toBe('[]');
    expect(formatRows([], columns, 'name')).toBe('');
  });

  it('are safe in a spreadsheet as CSV', () => {
    expect(formatRows(rows, columns, 'csv')).toBe(
      'name,disks,size\r\nweb,"a, b",4096\r\n\'=cmd()\u001b[31m,,',
    );
  });

  it('are whole as JSON and YAML, and their first column as names', () => {
    expect(JSON.parse(formatRows(rows, columns, 'json'))).toEqual(rows);
    expect(formatRows(rows.slice(0, 1), columns, 'yaml')).toBe(
      '- name: web\n  disks:\n    - a\n    - b\n  size: 4096',
    );
    expect(formatRows(rows.slice(0, 1), columns, 'name')).toBe('web');
  });

  it('show one object with a line for each field that is known', () => {
    const fields = [['id', 'x'] as const, ['a longer title', 3] as const, ['none', null] as const];
    expect(formatObject({ id: 'x' }, fields, 'table')).toBe('id              x\na longer title  3');
  });
});

describe('quantities for people', () => {
  it('have three figures at most', () => {
    expect([0, 1, 1023, 1024, 2_199_023_255_552, null].map(bytes)).toEqual([
      '0 B',
      '1 B',
      '1023 B',
      '1 KiB',
      '2 TiB',
      '',
    ]);
  });

  it('tell stretches of time in two units', () => {
    expect([0, 59.6, 65, 3_900, undefined].map(duration)).toEqual([
      '0 s',
      '1 min 00 s',
      '1 min 05 s',
      '1 h 05 min',
      '',
    ]);
    const now = Date.parse('2026-01-10T00:00:00Z');
    expect(age('2026-01-01T00:00:00Z', now)).toBe('9 days ago');
    expect(age(null, now)).toBe('never');
  });
});

describe('columns', () => {
  it('lose width where they are widest, and the first, which names the row, never does', () => {
    expect(fitColumns([10, 20, 30], 60)).toEqual([10, 20, 30]);
    expect(fitColumns([10, 20, 30], 50)).toEqual([10, 20, 20]);
    expect(fitColumns([10, 20, 30], 40)).toEqual([10, 15, 15]);
    expect(fitColumns([50, 20, 30], 20)).toEqual([50, 8, 8]);
  });
});
