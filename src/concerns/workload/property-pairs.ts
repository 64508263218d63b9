/** Value of a key in a list of `key=value`; undefined where the list has no such key, or is unknown. */
export function valueOf(pairs: readonly string[] | null, key: string): string | undefined {
  const start = `${key}=`;
  return pairs?.find((pair) => pair.startsWith(start))?.slice(start.length);
}
