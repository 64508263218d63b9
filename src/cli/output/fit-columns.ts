/** Letters that take two places on a terminal: those of East Asia, and pictures. */
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

const letters = new Intl.Segmenter();

/** Places that a text takes on a terminal. */
export const displayWidth = (text: string): number => {
  let width = 0;
  for (const { segment } of letters.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
};

const narrowest = 8;

/**
 * Widths of columns that fit into a terminal together: the widest are shortened, the first never.
 *
 * @param natural widths that the columns would have, in places.
 * @param room places that all have together, without the gaps between them.
 * @returns the widths, unchanged where all fit.
 */
export const fitColumns = (natural: readonly number[], room: number): readonly number[] => {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const others = widths.slice(1);
    const widest = Math.max(0, ...others);
    if (widest <= narrowest) return widths;
    const alike = others.filter((width) => width === widest).length;
    const next = Math.max(narrowest, ...others.filter((width) => width < widest));
    const step = Math.min(widest - next, Math.max(1, Math.floor(excess / alike)));
    for (let column = 1; column < widths.length && excess > 0; column += 1) {
      if (widths[column] !== widest) continue;
      const less = Math.min(step, excess);
      widths[column] = widest - less;
      excess -= less;
    }
  }
  return widths;
};
