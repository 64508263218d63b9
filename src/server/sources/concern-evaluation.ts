import { evaluateConcerns } from '../../concerns/index.js';
import type { EventBus } from '../../events/index.js';
import type { Graph } from '../../graph/index.js';
import type { Logger } from '../../telemetry/logger.js';

export interface EvaluationParts {
  readonly graph: Graph;
  readonly events: EventBus;
  readonly logger: Logger;
}

/**
 * Evaluates concerns after something changed. While an evaluation of a source runs, any number of
 * further changes lead to one more.
 */
export class ConcernEvaluation {
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Map<string, number>();
  private readonly stopping = new AbortController();

  constructor(private readonly parts: EvaluationParts) {}

  /** Resolves when all that had changed until now was evaluated. Never rejects. */
  changed(source: string, sync: number): Promise<void> {
    const current = this.running.get(source);
    if (current !== undefined) {
      this.again.set(source, sync);
      return current;
    }
    const work = this.evaluate(source, sync).finally(() => {
      this.running.delete(source);
    });
    this.running.set(source, work);
    return work;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running.values());
  }

  private async evaluate(source: string, firstSync: number): Promise<void> {
    let sync: number | undefined = firstSync;
    while (sync !== undefined && !this.stopping.signal.aborted) {
      this.again.delete(source);
      await this.evaluateOnce(source, sync);
      sync = this.again.get(source);
    }
  }

  private async evaluateOnce(source: string, sync: number): Promise<void> {
    const { graph, events, logger } = this.parts;
    try {
      const report = await evaluateConcerns(graph, {
        source,
        signal: this.stopping.signal,
        onProgress: ({ done, due }) => {
          const phase = 'evaluating';
          events.publish('syncProgress', { source, sync, phase, seen: done, total: due });
        },
      });
      if (report.evaluated === 0) return;
      const counts = { added: 0, changed: report.evaluated, removed: 0 };
      events.publish('inventoryChanged', { source, sync, mode: 'concerns', ...counts });
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      logger.error({ err: error, source }, 'Concerns could not be evaluated');
    }
  }
}
