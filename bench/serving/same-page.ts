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

/** Whether two pages of virtual machines hold the same, however it is written. */
export function samePage(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one as Plain), plain(other as Plain));
}
