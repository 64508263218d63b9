/** `1,234,567`, `1.234.567`, `1 234 567` and `1'234'567`, each with or without a fraction. */
const grouped = /^-?\d{1,3}(?:([ .,'’\u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/u;
const plain = /^-?\d+(?:[.,]\d+)?$/u;

/**
 * A number as some language writes it. Quantities of an export are whole numbers, so a separator
 * before exactly three digits groups thousands; `undefined` for what is no number.
 */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  const separator = grouped.exec(trimmed)?.[1];
  if (separator !== undefined) {
    return Number(trimmed.split(separator).join('').replace(',', '.'));
  }
  return plain.test(trimmed) ? Number(trimmed.replace(',', '.')) : undefined;
}
