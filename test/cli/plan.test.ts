import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { networkDestination } from '../../src/cli/commands/plan-decisions.js';
import {
  groupFindings,
  remedyOf,
  settableChecks,
  type OpenFinding,
} from '../../src/cli/commands/plan-findings.js';
import { optionFields, planOptions } from '../../src/cli/commands/plan-options.js';
import type { Plan } from '../../src/cli/commands/plan-operations.js';
import { findingCatalogue } from '../../src/planner/validation/catalogue.js';
import { planOptions as declared } from '../../src/planner/record/options.js';

const schemaOfOption = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  default: z.unknown().optional(),
});

const valuesIn = ({ type, enum: words }: z.output<typeof schemaOfOption>): string => {
  if (words !== undefined) return words.join(' or ');
  const names: Record<string, string> = { boolean: 'true or false', integer: 'number' };
  return names[type ?? ''] ?? (type === 'object' ? 'JSON' : 'text');
};

describe('options of a plan on the command line', () => {
  it('are those that the planner declares, with their values and defaults', () => {
    const { properties } = z.toJSONSchema(declared, { io: 'input' });
    const expected = Object.entries(properties ?? {}).map(([name, given]) => {
      const schema = schemaOfOption.parse(given);
      const { default: value } = schema;
      const otherwise = typeof value === 'string' ? value : JSON.stringify(value);
      return { name, values: valuesIn(schema), otherwise };
    });
    expect(
      planOptions.map(({ name, values, otherwise }) => ({
        name,
        values: typeof values === 'string' ? values : values.join(' or '),
        otherwise,
      })),
    ).toEqual(expected);
  });

  it('become fields of the kind that they are', () => {
    const given = ['powerState=on', 'preferences=false', 'vddkImage=9', 'labels={"a":"b"}'];
    const fields = { powerState: 'on', preferences: false, vddkImage: '9', labels: { a: 'b' } };
    expect(optionFields([...given, 'shutdownTimeoutSeconds=60'], planOptions)).toEqual({
      ...fields,
      shutdownTimeoutSeconds: 60,
    });
  });

  it.each([
    ['powerstate=on', 'Did you mean powerState?'],
    ['powerOff=gracefull', 'Did you mean graceful? It is graceful or gracefulThenHard or hard.'],
    ['powerOff', 'Write it as powerOff=value'],
    ['shutdownTimeoutSeconds=soon', 'Give a number.'],
    ['labels=a', 'Give it as JSON'],
  ])('are refused with what to write instead: %s', (given, remedy) => {
    expect(() => optionFields([given], planOptions)).toThrow(remedy);
  });
});

const plan: Plan = {
  id: 'p1',
  name: 'wave-1',
  state: 'draft',
  target: 'lab-target',
  namespace: 'migrated',
  searchText: '',
  machineCount: 1,
  openBlockers: 0,
  warnings: 0,
  createdBy: 'Ada',
  options: {},
  waivers: [],
  findings: [],
  networks: [
    {
      source: 'n1',
      sourceName: 'pg-web',
      vlanId: 10,
      destination: null,
      alternatives: [{ destination: { type: 'multus', namespace: 'default', name: 'vlan-10' } }],
      confidence: 0,
      reasons: [],
    },
  ],
  storage: [],
};

describe('the destination of a network', () => {
  it('is pod, ignored, or a network attachment', () => {
    expect(networkDestination('pod', plan)).toEqual({ type: 'pod' });
    expect(networkDestination('ignored', plan)).toEqual({ type: 'ignored' });
    const attachment = { type: 'multus', namespace: 'default', name: 'vlan-10' };
    expect(networkDestination('default/vlan-10', plan)).toEqual(attachment);
  });

  it.each([
    ['vlan-10', 'Did you mean default/vlan-10?'],
    ['ignore', 'Did you mean ignored?'],
    ['a/b/c', 'Give --to in one of these forms.'],
    ['/vlan-10', 'Give --to in one of these forms.'],
  ])('is asked for in the forms of the command where it is %s', (to, remedy) => {
    expect(() => networkDestination(to, plan)).toThrow(remedy);
  });
});

describe('findings of a plan', () => {
  const on = (name: string, waived?: string): OpenFinding => ({
    id: 'machine.guest.unknown',
    severity: 'blocker',
    subject: { kind: 'machine', id: name, name },
    what: `The guest of ${name} is not known`,
    why: 'it reports none',
    remedy: 'Say which.',
    waivable: true,
    machine: name,
    machineName: name,
    waiver:
      waived === undefined
        ? undefined
        : {
            finding: 'machine.guest.unknown',
            machine: name,
            reason: waived,
            by: 'Ada',
            at: '2026-01-01T00:00:00.000Z',
          },
  });

  it('are one row for each check, with how often and where', () => {
    const machines = ['a', 'b', 'c', 'd', 'e'].map((name) => on(name));
    expect(groupFindings(machines, 'wave-1')).toEqual([
      {
        severity: 'blocker',
        check: 'machine.guest.unknown',
        machines: 5,
        on: 'a, b, c and 2 more',
        what: 'for instance: The guest of a is not known: it reports none',
        remedy: 'Say which.',
      },
    ]);
  });

  it('name the command that solves them, for checks that there are', () => {
    const known = findingCatalogue.map(({ id }) => id);
    expect(known).toEqual(expect.arrayContaining([...settableChecks]));
    const remedy = remedyOf({ ...on('a'), id: 'machine.name.taken' }, 'wave-1');
    expect(remedy).toContain('opal plan set wave-1 --machine a --target-name <name>');
  });

  it('do not read as blockers where somebody answers for them', () => {
    const rows = groupFindings([on('a'), on('b', 'it is a test machine')], 'wave-1');
    expect(rows.map(({ severity, on: names }) => [severity, names])).toEqual([
      ['blocker', 'a'],
      ['waived by Ada: it is a test machine', 'b'],
    ]);
  });
});
