/** An object as a source gave it. */
export type Raw = Readonly<Record<string, unknown>>;

export const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Far above any list that people make; below what would make one node a burden for the graph. */
export const longestList = 2_000;

const shownLength = 80;

/** A value that could not be used, short enough for a remark. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
};
