import { digest } from '../digest.js';

/** Names of machines also become label values and host names, which end at 63 characters. */
export const longestName = 63;

const validName = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u;

/** A DNS-1123 subdomain of at most 63 characters. */
export const isValidName = (name: string): boolean =>
  name.length <= longestName && validName.test(name);

const trimDashes = (text: string): string => text.replace(/^-+|-+$/gu, '');

const validLabel = (label: string): string =>
  trimDashes(
    label
      .replace(/[_+*\s/\\]/gu, '-')
      .replace(/[^-a-z0-9]/gu, '')
      .replace(/-+/gu, '-'),
  );

/** Cuts to a length without leaving a dash or dot at the end. */
const cut = (name: string, length: number): string => name.slice(0, length).replace(/[-.]+$/u, '');

/**
 * A valid name made from any name: lower case; `_ + * / \` and spaces become dashes; letters with
 * an accent lose it; all other characters go; empty parts between dots go; 63 characters at most.
 * A name of which nothing is left becomes `vm-` and digits that stand for the machine.
 */
export function validNameFrom(name: string, machineId: string): string {
  if (isValidName(name)) return name;
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const labels = plain
    .split('.')
    .map(validLabel)
    .filter((label) => label !== '');
  const made = cut(labels.join('.'), longestName);
  return made === '' ? `vm-${digest(machineId, 8)}` : made;
}

/**
 * A name that nobody has: the name itself, else its first 58 characters, a dash and four digits
 * that stand for the machine, so that the same machine gets the same name again.
 */
export function freeName(
  name: string,
  machineId: string,
  isTaken: (name: string) => boolean,
): string {
  if (!isTaken(name)) return name;
  for (let attempt = 0; ; attempt += 1) {
    const suffix = digest(attempt === 0 ? machineId : `${machineId} ${attempt}`, 4);
    const candidate = `${cut(name, longestName - 5)}-${suffix}`;
    if (!isTaken(candidate)) return candidate;
  }
}

export interface NamedMachine {
  readonly id: string;
  readonly name: string;
}

export interface ChosenName {
  readonly name: string;
  /** Why it is not the source's name; empty where it is. */
  readonly reasons: readonly string[];
}

/**
 * Names for all machines of a plan, by machine id. Machines whose name is valid as it stands get
 * it first; within each group the order is that of the ids, so that it does not depend on the
 * order of the search.
 */
export function chooseNames(
  machines: readonly NamedMachine[],
  taken: ReadonlyMap<string, string>,
): ReadonlyMap<string, ChosenName> {
  const used = new Map(taken);
  const chosen = new Map<string, ChosenName>();
  const byId = [...machines].sort((one, other) => (one.id < other.id ? -1 : 1));
  const valid = byId.filter(({ name }) => isValidName(name));
  const invalid = byId.filter(({ name }) => !isValidName(name));
  for (const { id, name } of [...valid, ...invalid]) {
    const made = validNameFrom(name, id);
    const free = freeName(made, id, (candidate) => used.has(candidate));
    const holder = used.get(made);
    used.set(free, `machine ${name}`);
    chosen.set(id, {
      name: free,
      reasons: [
        ...(made === name ? [] : [`"${name}" is not a valid name in Kubernetes`]),
        ...(holder === undefined ? [] : [`"${made}" is taken by ${holder}`]),
      ],
    });
  }
  return chosen;
}
