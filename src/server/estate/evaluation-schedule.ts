import { evaluateConcerns, type EvaluationReport } from '../../concerns/index.js';
import type { Graph } from '../../graph/index.js';
import type { Logger } from '../../telemetry/logger.js';

/**
 * Evaluates concerns after changes, one source at a time. Changes that come while one runs are
 * gathered into the next one.
 */
export class EvaluationSchedule {
  readonly #due = new Set<string>();
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(
    private readonly graph: Graph,
    private readonly logger: Logger,
    private readonly onEvaluated: (source: string, report: EvaluationReport) => void,
  ) {}

  request(source: string): void {
    this.#due.add(source);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when nothing is due any more. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#due.clear();
    await this.settled();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (const source of this.#due) {
      this.#due.delete(source);
      try {
        this.onEvaluated(source, await evaluateConcerns(this.graph, { source, signal }));
      } catch (error) {
        if (signal.aborted) return;
        // The next change, or the next start, evaluates what is still due.
        this.logger.error({ err: error, source }, 'Concerns could not be evaluated');
      }
    }
  }
}
