import { CliError } from '../cli-error.js';
import { ExitCode } from '../exit-code.js';
import { nearestName } from '../../search/nearest-name.js';

/** An option of a plan, as the command line explains it without asking a server. */
export interface PlanOption {
  readonly name: string;
  /** What it may be: its words, or what kind of value. */
  readonly values: readonly string[] | 'number' | 'text' | 'JSON';
  /** Taken where it is not given. */
  readonly otherwise?: string;
  readonly meaning: string;
}

const yesOrNo = ['true', 'false'];

/** All options of a plan, as the server's own description has them. */
export const planOptions: readonly PlanOption[] = [
  {
    name: 'powerState',
    values: ['auto', 'on', 'off'],
    otherwise: 'auto',
    meaning: 'target machine on, off, or as the source was',
  },
  {
    name: 'powerOff',
    values: ['graceful', 'gracefulThenHard', 'hard'],
    otherwise: 'graceful',
    meaning: 'how the source is turned off; hard loses what the guest has not written',
  },
  {
    name: 'shutdownTimeoutSeconds',
    values: 'number',
    otherwise: '600',
    meaning: 'how long a guest may take to shut down, 10 to 86400',
  },
  {
    name: 'preserveStaticAddresses',
    values: yesOrNo,
    otherwise: 'true',
    meaning: 'keep static addresses of guests that are converted',
  },
  {
    name: 'conversion',
    values: ['auto', 'skip'],
    otherwise: 'auto',
    meaning: 'guest conversion by virt-v2v, or none at all',
  },
  {
    name: 'compatibilityMode',
    values: yesOrNo,
    otherwise: 'true',
    meaning: 'SATA, e1000e and USB for guests that are not converted and may lack drivers',
  },
  {
    name: 'copy',
    values: ['auto', 'vddk', 'virt-v2v'],
    otherwise: 'auto',
    meaning: 'who copies: CDI by VDDK, or virt-v2v while it converts',
  },
  { name: 'vddkImage', values: 'text', meaning: 'image with VMware VDDK' },
  {
    name: 'instanceTypes',
    values: ['none', 'exact', 'nearest'],
    otherwise: 'none',
    meaning: 'use instance types of the target in place of CPU and memory',
  },
  {
    name: 'preferences',
    values: yesOrNo,
    otherwise: 'true',
    meaning: 'use preferences of the target by guest OS',
  },
  {
    name: 'migrateSharedDisks',
    values: yesOrNo,
    otherwise: 'true',
    meaning: 'take disks along that several machines share',
  },
  {
    name: 'tagLabels',
    values: yesOrNo,
    otherwise: 'true',
    meaning: 'tags become labels, custom attributes annotations',
  },
  { name: 'labels', values: 'JSON', otherwise: '{}', meaning: 'labels of every target machine' },
  {
    name: 'annotations',
    values: 'JSON',
    otherwise: '{}',
    meaning: 'annotations of every target machine',
  },
  { name: 'preHook', values: 'JSON', meaning: 'Job before a machine, for instance {"image":"…"}' },
  { name: 'postHook', values: 'JSON', meaning: 'Job after a machine, for instance {"image":"…"}' },
];

/** What is decided for one machine alone. */
export const machineOptions: readonly PlanOption[] = [
  { name: 'targetName', values: 'text', meaning: 'name of the target machine' },
  { name: 'power', values: ['auto', 'on', 'off'], meaning: 'target machine on or off' },
  { name: 'conversion', values: yesOrNo, meaning: 'guest conversion by virt-v2v' },
  { name: 'compatibilityMode', values: yesOrNo, meaning: 'SATA, e1000e and USB' },
  { name: 'copy', values: ['vddk', 'virt-v2v'], meaning: 'who copies' },
  { name: 'instanceType', values: 'JSON', meaning: '{"kind":"…","name":"…"}, or null for none' },
  { name: 'preference', values: 'JSON', meaning: '{"kind":"…","name":"…"}, or null for none' },
  { name: 'bootDisk', values: 'number', meaning: 'index of the disk to boot from, from 0' },
];

export const valuesOf = ({ values }: PlanOption): string =>
  typeof values === 'string' ? values : values.join(' or ');

const usage = (what: string, subject: string, why: string, remedy: string): CliError =>
  new CliError({ code: 'cli.option.invalid', what, subject, why, remedy }, ExitCode.usage);

const closest = (wrong: string, names: readonly string[]): string => {
  const nearest = nearestName(wrong, names);
  return nearest === undefined ? '' : `Did you mean ${nearest}? `;
};

const knownOption = (name: string, known: readonly PlanOption[]): PlanOption => {
  const option = known.find((one) => one.name === name);
  if (option !== undefined) return option;
  const names = known.map((one) => one.name);
  throw usage(
    'There is no such option',
    name,
    `the options are ${names.join(', ')}`,
    `${closest(name, names)}What they mean: opal plan options`,
  );
};

const parsedValue = (option: PlanOption, value: string): unknown => {
  const { name, values } = option;
  if (values === 'text') return value;
  if (typeof values !== 'string') {
    if (!values.includes(value)) {
      const why = value === '' ? 'it has no value' : `${value} is none of its values`;
      const remedy = `${closest(value, values)}It is ${valuesOf(option)}.`;
      throw usage('The option cannot be set like this', name, why, remedy);
    }
    return values === yesOrNo ? value === 'true' : value;
  }
  try {
    const parsed: unknown = JSON.parse(value);
    if (values === 'JSON' || typeof parsed === 'number') return parsed;
  } catch {
    // Said below, in words that fit what was asked for.
  }
  const remedy =
    values === 'number' ? 'Give a number.' : 'Give it as JSON, in quotes of the shell.';
  throw usage('The option cannot be set like this', name, `${value} is no ${values}`, remedy);
};

/** `powerState=on` and the like as fields, checked against what there is. */
export const optionFields = (
  given: readonly string[],
  known: readonly PlanOption[],
): Record<string, unknown> =>
  Object.fromEntries(
    given.map((text) => {
      const place = text.indexOf('=');
      const option = knownOption(place < 0 ? text : text.slice(0, place), known);
      if (place < 0) {
        const remedy = `Write it as ${option.name}=value; it is ${valuesOf(option)}.`;
        throw usage('The option has no value', text, 'there is no =', remedy);
      }
      return [option.name, parsedValue(option, text.slice(place + 1))];
    }),
  );

const line = (option: PlanOption): string => {
  const { name, meaning, otherwise } = option;
  const value =
    otherwise === undefined ? valuesOf(option) : `${valuesOf(option)}; else ${otherwise}`;
  return `  ${name.padEnd(24)}${meaning} (${value})`;
};

/** The options as help shows them. */
export const optionsHelp = (title: string, known: readonly PlanOption[]): string =>
  `\n${title}:\n${known.map(line).join('\n')}`;
