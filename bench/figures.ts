import { appendFileSync } from 'node:fs';

/** One line of the result. */
export interface Figure {
  /** What was measured, with the size. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Median, where the value is the 95th percentile. */
  readonly p50?: number;
  /** What the value is held to. */
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** File to which a part of the bench writes its figures, one JSON object a line. */
export const figuresFile = 'BENCH_FIGURES';

const rounded = (value: number): string =>
  value === 0 ? '0' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);

/** Whether a figure keeps what it is held to. */
export const keeps = ({ value, atMost, atLeast }: Figure): boolean =>
  value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);

const boundOf = ({ atMost, atLeast }: Figure): string =>
  atMost !== undefined ? `≤ ${atMost}` : atLeast !== undefined ? `≥ ${atLeast}` : '';

/** The cells of a figure as texts: name, median, value, unit, bound, whether it is kept. */
export const cellsOf = (figure: Figure): readonly string[] => [
  figure.name,
  figure.p50 === undefined ? '' : rounded(figure.p50),
  rounded(figure.value),
  figure.unit,
  boundOf(figure),
  boundOf(figure) === '' ? '' : keeps(figure) ? 'yes' : 'NO',
];

export const columns = ['figure', 'p50', 'value or p95', 'unit', 'bound', 'kept'] as const;

/** Tells a figure: as a line for people, and to the bench where it runs this part. */
export function tell(figure: Figure): void {
  const [name = '', median = '', ...rest] = cellsOf(figure);
  const p50 = median === '' ? '' : `p50 ${median}, p95 `;
  console.log(`${name.padEnd(60)} ${p50}${rest.join(' ')}`.trimEnd());
  const file = process.env[figuresFile];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}
