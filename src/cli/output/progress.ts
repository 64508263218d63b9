import { SingleBar } from 'cli-progress';
import { duration } from './quantity.js';

/** How far some long work is. `total` may still be unknown. */
export interface Progress {
  readonly what: string;
  readonly done: number;
  readonly total?: number | undefined;
  readonly etaSeconds?: number | undefined;
}

/** Shows long work: a bar on a terminal, a line now and then where the output is no terminal. */
export class ProgressView {
  readonly #bar: SingleBar | undefined;
  #started = false;
  #lastLine = '';

  constructor({ quiet = false }: { readonly quiet?: boolean } = {}) {
    if (quiet || !process.stderr.isTTY) return;
    this.#bar = new SingleBar({
      format: '{what} [{bar}] {percentage} % {value}/{total} {left}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 24,
    });
  }

  show({ what, done, total, etaSeconds }: Progress): void {
    const left = etaSeconds === undefined ? '' : `about ${duration(etaSeconds)} left`;
    const end = Math.max(total ?? done, done, 1);
    if (this.#bar === undefined) return;
    if (this.#started) {
      this.#bar.setTotal(end);
      this.#bar.update(done, { what, left });
    } else {
      this.#bar.start(end, done, { what, left });
      this.#started = true;
    }
  }

  /** A line that stays, above the bar. The same line is written once. */
  note(line: string): void {
    if (line === this.#lastLine) return;
    this.#lastLine = line;
    process.stderr.write(`${line}\n`);
  }

  end(): void {
    if (this.#started) this.#bar?.stop();
    this.#started = false;
  }
}
