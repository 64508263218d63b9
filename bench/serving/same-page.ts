import { isDeepStrictEqual } from 'node:util';

type Plain = null | boolean | number | string | Plain[] | { [name: string]: Plain };

const byId = (one: Plain, other: Plain): number =>
  JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;

/**
 * An answer in a form that both servers share: connections as lists, lists in one order, what is
 * to one without its list, numbers beyond 32 bits as texts.
 */
function plain(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(plain).sort(byId);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value.nodes)) return plain(value.nodes);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (name === 'capacityBytes' && inner !== null)
        return [name, JSON.stringify(inner).replaceAll('"', '')];
      if (['host', 'cluster', 'datastore', 'network'].includes(name) && Array.isArray(inner)) {
        return [name, plain(inner[0] ?? null)];
      }
      return [name, plain(inner)];
    }),
  );
}

interface Page {
  readonly virtualMachines: Plain;
}

const machinesOf = (page: unknown): readonly Plain[] => {
  const machines = plain((page as Page).virtualMachines);
  return Array.isArray(machines) ? machines : [];
};

/** The first machine of which two pages tell different things, however written; else undefined. */
export function firstDifference(one: unknown, other: unknown): string | undefined {
  const ours = machinesOf(one);
  const theirs = machinesOf(other);
  for (let place = 0; place < Math.max(ours.length, theirs.length); place += 1) {
    if (isDeepStrictEqual(ours[place], theirs[place])) continue;
    return `at place ${place}: ${JSON.stringify(ours[place])} and ${JSON.stringify(theirs[place])}`;
  }
  return undefined;
}
