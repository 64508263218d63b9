const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** Bytes for people, with three figures at most: 1.82 TiB. */
export const bytes = (value: number | null | undefined): string => {
  if (value === null || value === undefined) return '';
  const power = value < 1 ? 0 : Math.min(Math.floor(Math.log2(value) / 10), binary.length - 1);
  const scaled = value / 1024 ** power;
  return `${power === 0 ? String(scaled) : Number(scaled.toPrecision(3)).toString()} ${binary[power] ?? 'B'}`;
};

/** A stretch of time for people: 1 h 05 min, 40 s. */
export const duration = (seconds: number | null | undefined): string => {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '';
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${String(whole)} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${String(minutes)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
};

/** How long ago a moment was: 3 min ago. */
export const age = (moment: string | null | undefined, now = Date.now()): string => {
  if (moment === null || moment === undefined) return 'never';
  const seconds = (now - Date.parse(moment)) / 1000;
  if (seconds < 5) return 'just now';
  const days = Math.floor(seconds / 86_400);
  return days > 1 ? `${String(days)} days ago` : `${duration(seconds)} ago`;
};

/** A number of things: 1 machine, 2 machines. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`;

/** Who did something: the token that the server makes for itself at its first start has no person's name. */
export const person = (name: string): string => (name === 'first start' ? 'the first token' : name);
