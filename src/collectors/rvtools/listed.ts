/** A list as RVTools writes it in one cell. */
export const listed = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/[,;]/u).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
