import { SingleBar } from 'cli-progress';
import { duration } from './quantity.js';

/** How far some long work is. `total` may still be unknown. */
export interface Progress {
  readonly what: string;
  readonly done: number;
  readonly total?: number | undefined;
  /** Shown beside the bar in place of the bare numbers. */
  readonly figures?: string | undefined;
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
      format: '{what} [{bar}] {percentage} % {figures} {left}',
      stream: process.stderr,
      hideCursor: true,
      gracefulExit: false,
      clearOnComplete: true,
      barsize: 24,
    });
  }

  show({ what, done, total, figures, etaSeconds }: Progress): void {
    const left = etaSeconds === undefined ? '' : `about ${duration(etaSeconds)} left`;
    const end = Math.max(total ?? done, done, 1);
    if (this.#bar === undefined) return;
    const shown = { what, left, figures: figures ?? `${String(done)}/${String(end)}` };
    if (this.#started) {
      this.#bar.setTotal(end);
      this.#bar.update(done, shown);
    } else {
      this.#bar.start(end, done, shown);
      this.#started = true;
      // The bar hides the cursor and the wrapping of lines; no way out may leave them so.
      process.once('exit', this.#end);
    }
  }

  /** A line that stays, above the bar. The same line is written once. */
  note(line: string): void {
    if (line === this.#lastLine) return;
    this.#lastLine = line;
    process.stderr.write(`${line}\n`);
  }

  end(): void {
    this.#end();
    process.removeListener('exit', this.#end);
  }

  readonly #end = (): void => {
    if (this.#started) this.#bar?.stop();
    this.#started = false;
  };
}
