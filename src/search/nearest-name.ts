/** Number of single-letter edits between two words. */
const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const inserted = (current[column - 1] ?? 0) + 1;
      const removed = (previous[column] ?? 0) + 1;
      current.push(Math.min(replaced, inserted, removed));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
};

/**
 * The name that was probably meant, or nothing where none is close. A name that only lacks an
 * ending (`capacity` for `capacityBytes`) counts as close.
 */
export const nearestName = (wrong: string, names: Iterable<string>): string | undefined => {
  const wanted = wrong.toLowerCase().slice(0, 64);
  let best: { readonly name: string; readonly score: number } | undefined;
  for (const name of names) {
    const candidate = name.toLowerCase();
    const close = candidate.startsWith(wanted) || wanted.startsWith(candidate);
    const gap = Math.abs(candidate.length - wanted.length);
    const score = close ? 1 + gap / 100 : distance(wanted, candidate);
    if (best === undefined || score < best.score) best = { name, score };
  }
  return best !== undefined && best.score <= Math.max(2, wanted.length / 3) ? best.name : undefined;
};
