import type { DateOrder } from '../estate/date-order.js';

/** How an export writes dates. */
export interface DateForm {
  readonly order: DateOrder | undefined;
  readonly from1904: boolean;
}

const dayMs = 86_400_000;
/** Day 0 of a spreadsheet; it takes 1900 for a leap year, which only days before March 1900 feel. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);
/** 31 December 9999. */
const lastDay = 2_958_466;

const time = String.raw`(?:[T ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.(\d{1,3})\d*)?)?\s*([AaPp])?\.?[Mm]?\.?)?\s*Z?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([./-])(\d{1,2})\2(\d{1,2})${time}$`, 'u');
const yearLast = new RegExp(String.raw`^(\d{1,2})([./-])(\d{1,2})\2(\d{4})${time}$`, 'u');

const hourOf = (hour: number, half: string | undefined): number => {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
};

function built(
  year: number,
  month: number,
  day: number,
  [hour, minute, second, fraction, half]: readonly (string | undefined)[],
): string | undefined {
  const ms = Number((fraction ?? '0').padEnd(3, '0'));
  const hours = hourOf(Number(hour ?? 0), half);
  const date = new Date(
    Date.UTC(year, month - 1, day, hours, Number(minute ?? 0), Number(second ?? 0), ms),
  );
  const isReal =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hours;
  return isReal ? date.toISOString() : undefined;
}

/** Exports have no time zone; their times are taken for UTC, as those of the vCenter are. */
function readWritten(text: string, order: DateOrder | undefined): string | undefined {
  const first = yearFirst.exec(text);
  if (first !== null) {
    const [, year, , month, day, ...rest] = first;
    return built(Number(year), Number(month), Number(day), rest);
  }
  const last = yearLast.exec(text);
  if (last === null) return undefined;
  const [, one, , other, year, ...rest] = last;
  const isSame = one === other;
  if (order === undefined && !isSame) return undefined;
  const [day, month] = order === 'monthFirst' ? [other, one] : [one, other];
  return built(Number(year), Number(month), Number(day), rest);
}

/** A moment in ISO 8601; `undefined` where it cannot be read, or could be two days. */
export function readMoment(cell: string | number, form: DateForm): string | undefined {
  if (typeof cell === 'string') return readWritten(cell.trim(), form.order);
  if (cell <= 0 || cell >= lastDay) return undefined;
  const epoch = form.from1904 ? epoch1904 : epoch1900;
  return new Date(epoch + Math.round(cell * dayMs)).toISOString();
}
