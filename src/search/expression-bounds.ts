/** Repetitions beyond so many letters count as unbounded. */
const mostRepeated = 20;

/** Each unbounded repetition multiplies the ways to try by the length of the text. */
const mostUnbounded = 4;

interface Atom {
  readonly text: string;
  /** A group that offers alternatives. */
  readonly alternatives: boolean;
}

const escapeAt = /\\(?:[pPu]\{[^}]*\}|[^])/y;
const classAt = /\[(?:\\[^]|[^\]\\])*\]/y;
const quantifierAt = /[*+?]\??|\{(\d+)(,(\d*))?\}\??/y;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const isUnbounded = ([quantifier, least, range, most]: RegExpExecArray): boolean => {
  if (quantifier.startsWith('?')) return false;
  if (least === undefined || (range !== undefined && most === '')) return true;
  return Number(most ?? least) > mostRepeated;
};

/** Two neighbours that take the same letters share them out in every possible way. */
const overlap = (one: string, other: string): boolean =>
  one === '.' || other === '.' || one === other;

/** Java gives meanings to these within a class that nobody means by them. */
const misreadClass = /(?:^|[^\\])\[|&&/;

/**
 * Why an expression that parses could keep the database busy for very long on an ordinary text, or
 * be read differently there; undefined where nothing of that is seen.
 */
export const unboundedWork = (expression: string): string | undefined => {
  const open: { alternatives: boolean; start: number }[] = [{ alternatives: false, start: 0 }];
  let atom: Atom | undefined;
  let repeatedBefore: string | undefined;
  let unbounded = 0;
  for (let at = 0; at < expression.length;) {
    const quantifier = atom === undefined ? null : matchAt(quantifierAt, expression, at);
    if (atom !== undefined && quantifier !== null) {
      at += quantifier[0].length;
      if (isUnbounded(quantifier)) {
        unbounded += 1;
        if (atom.alternatives) return 'it repeats alternatives, which could take without end';
        if (repeatedBefore !== undefined && overlap(repeatedBefore, atom.text)) {
          return `'${repeatedBefore}' and '${atom.text}' are repeated side by side and can take the same letters`;
        }
        if (unbounded > mostUnbounded) {
          return `it has more than ${mostUnbounded} repetitions without a bound`;
        }
        repeatedBefore = atom.text;
      }
      atom = undefined;
      continue;
    }
    if (atom !== undefined) repeatedBefore = undefined;
    const start = at;
    const letter = expression.charAt(at);
    const taken =
      matchAt(escapeAt, expression, at)?.[0] ?? matchAt(classAt, expression, at)?.[0] ?? letter;
    at += taken.length;
    atom = undefined;
    if (letter === '(') {
      open.push({ alternatives: false, start });
      if (expression.startsWith('?', at)) at = expression.indexOf(':', at) + 1 || at + 1;
      repeatedBefore = undefined;
    } else if (letter === ')') {
      const group = open.pop();
      const text = expression.slice(group?.start ?? 0, at);
      atom = { text, alternatives: group?.alternatives === true };
    } else if (letter === '|') {
      const group = open.at(-1);
      if (group !== undefined) group.alternatives = true;
      repeatedBefore = undefined;
    } else if (letter !== '^' && letter !== '$') {
      if (letter === '[' && misreadClass.test(taken.slice(1))) {
        return "a class of letters holds '[' or '&&'; put a backslash before them";
      }
      atom = { text: taken, alternatives: false };
    }
  }
  return undefined;
};
