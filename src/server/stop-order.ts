import type { Logger } from '../telemetry/logger.js';

/**
 * What was started, in order, with how to stop it. Stopping goes backwards, so that nothing loses
 * what it stands on while it is still at work.
 */
export class StopOrder {
  private readonly parts: { readonly name: string; readonly stop: () => Promise<void> }[] = [];
  private stopping: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {}

  add(name: string, stop: () => Promise<void> | void): void {
    this.parts.push({ name, stop: async () => stop() });
  }

  /** Stops everything, last first. A part that fails to stop does not keep the others from it. */
  stopAll(): Promise<void> {
    this.stopping ??= this.stopEach();
    return this.stopping;
  }

  private async stopEach(): Promise<void> {
    for (const part of this.parts.reverse()) {
      try {
        await part.stop();
        this.logger.debug({ part: part.name }, 'Stopped');
      } catch (error) {
        this.logger.error({ err: error, part: part.name }, 'A part did not stop properly');
      }
    }
  }
}
