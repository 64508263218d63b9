import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { volumeName } from '../../src/planner/names/object-names.js';
import {
  chooseNames,
  freeName,
  isValidName,
  validNameFrom,
} from '../../src/planner/names/target-name.js';

const anyText = fc.string({ unit: 'binary', maxLength: 120 });

describe('the name of a target machine', () => {
  it.each([
    ['web-1', 'web-1'],
    ['erp.example.org', 'erp.example.org'],
    ['DB_PROD 01', 'db-prod-01'],
    ['a+b*c/d\\e', 'a-b-c-d-e'],
    ['--x--', 'x'],
    ['..a..b..', 'a.b'],
    ['Büro', 'buro'],
    ['a - b', 'a-b'],
    ['web(old)', 'webold'],
    ['a'.repeat(70), 'a'.repeat(63)],
    [`${'a'.repeat(62)}.b`, 'a'.repeat(62)],
  ])('%s becomes %s', (name, expected) => {
    expect(validNameFrom(name, 'id')).toBe(expected);
  });

  it('is made of the id where nothing of the name is left, and always the same', () => {
    expect(validNameFrom('日本語', 'id-1')).toMatch(/^vm-[0-9a-f]{8}$/u);
    expect(validNameFrom('日本語', 'id-1')).toBe(validNameFrom('', 'id-1'));
    expect(validNameFrom('日本語', 'id-2')).not.toBe(validNameFrom('日本語', 'id-1'));
  });

  it('is valid whatever the source calls its machine', () => {
    fc.assert(
      fc.property(anyText, fc.string(), (name, id) => isValidName(validNameFrom(name, id))),
    );
  });

  it('stays as it is where it is valid', () => {
    const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?$/u);
    fc.assert(fc.property(label, (name) => validNameFrom(name, 'id') === name));
  });

  it('gets four digits of the machine where it is taken', () => {
    const taken = new Set(['web']);
    const name = freeName('web', 'vm-1', (one) => taken.has(one));
    expect(name).toMatch(/^web-[0-9a-f]{4}$/u);
    expect(freeName('web', 'vm-1', (one) => taken.has(one))).toBe(name);
    taken.add(name);
    expect(freeName('web', 'vm-1', (one) => taken.has(one))).not.toBe(name);
    const long = freeName('a'.repeat(63), 'vm-1', (one) => one.length === 63 && !one.includes('-'));
    expect(long).toHaveLength(63);
  });

  it('is unique in a plan, free in the target, and the same whatever the order', () => {
    const machines = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        name: fc.constantFrom('web', 'WEB', 'w_b', 'w b', '', '日', 'db'),
      }),
      { selector: ({ id }) => id, maxLength: 30 },
    );
    fc.assert(
      fc.property(machines, (list) => {
        const taken = new Map([['db', 'target']]);
        const chosen = chooseNames(list, taken);
        const names = [...chosen.values()].map(({ name }) => name);
        expect(new Set(names).size).toBe(list.length);
        expect(names.every((name) => isValidName(name) && !taken.has(name))).toBe(true);
        const reversed = chooseNames([...list].reverse(), taken);
        for (const [id, choice] of chosen) expect(reversed.get(id)).toEqual(choice);
      }),
    );
  });

  it('is left to the machine that has it by right', () => {
    const chosen = chooseNames(
      [
        { id: '1', name: 'Web' },
        { id: '2', name: 'web' },
      ],
      new Map(),
    );
    expect(chosen.get('2')).toEqual({ name: 'web', reasons: [] });
    expect(chosen.get('1')?.reasons).toEqual([
      '"Web" is not a valid name in Kubernetes',
      '"web" is taken by machine web',
    ]);
  });
});

describe('the name of a volume', () => {
  it('ends with the place of the disk and is short enough for pods', () => {
    expect(volumeName('web-1', 0)).toBe('web-1-disk-0');
    const long = volumeName('a'.repeat(63), 12);
    expect(long).toMatch(/^a+-[0-9a-f]{6}-disk-12$/u);
    expect(long.length).toBeLessThanOrEqual(63);
    expect(volumeName(`${'a'.repeat(62)}b`, 12)).not.toBe(long);
    expect(volumeName('erp.example', 0)).not.toContain('.');
    expect(volumeName('erp.example', 0)).not.toBe(volumeName('erp-example', 0));
  });
});
