/** Factors of the suffixes that a Kubernetes quantity may have. */
const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const form = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/u;

/**
 * Value of a Kubernetes quantity such as `1500m`, `16Gi` or `1e9`. Undefined where it is none.
 */
export function parseQuantity(quantity: unknown): number | undefined {
  if (typeof quantity === 'number') return Number.isFinite(quantity) ? quantity : undefined;
  if (typeof quantity !== 'string') return undefined;
  const match = form.exec(quantity.trim());
  const factor = factors[match?.[2] ?? ''];
  return match?.[1] === undefined || factor === undefined ? undefined : Number(match[1]) * factor;
}

/** A quantity of bytes, rounded up to whole ones. */
export function parseBytes(quantity: unknown): number | undefined {
  const value = parseQuantity(quantity);
  return value === undefined ? undefined : Math.ceil(value);
}

/** A quantity of CPU in thousandths of a core, rounded up. */
export function parseMillis(quantity: unknown): number | undefined {
  const value = parseQuantity(quantity);
  // Rounded first: 0.1 of a core is not quite 100 thousandths in binary.
  return value === undefined ? undefined : Math.ceil(Math.round(value * 1e6) / 1e3);
}

const binarySuffixes = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const;

/** Bytes as the shortest exact quantity: `10Gi`, `1536Mi`, `1000`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let suffix = '';
  for (const next of binarySuffixes) {
    if (value === 0 || value % 1024 !== 0) break;
    value /= 1024;
    suffix = next;
  }
  return `${value}${suffix}`;
}
