/**
 * An id for a source that a person gave only a name: its letters, digits and dots, with hyphens
 * between. One that is taken gets a number behind.
 */
export const sourceIdFrom = (name: string, taken: ReadonlySet<string>): string => {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 48);
  const base = words === '' ? 'source' : words;
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${String(number)}`)) number += 1;
  return `${base}-${String(number)}`;
};
