import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../telemetry/logger.js';
import { EmbeddedServiceError } from './embedded-service-error.js';
import { guardScript } from './guard-script.js';
import { readLogTail } from './log-tail.js';
import { endLeftOver, forgetServer, rememberServer } from './left-over-process.js';

/** A server program and how to tell that it serves. */
export interface SupervisedCommand {
  /** Said in log lines and errors: `Neo4j`, `Redis`. */
  readonly name: string;
  readonly program: string;
  readonly arguments: readonly string[];
  /** Holds the server's console log and the record of its process. */
  readonly folder: string;
  /** Resolves once a real query was answered, rejects while the server is not ready. */
  readonly probe: () => Promise<void>;
  /** How long a start may take, in milliseconds. */
  readonly startTimeoutMs: number;
  /** How long a stop may take before the server is killed, in milliseconds. */
  readonly stopGraceMs: number;
  /** Turns the last lines of the console log into a cause, where they show a known one. */
  readonly explain?: (consoleTail: string) => EmbeddedServiceError | undefined;
  /** Ends a start that is under way; a server that already serves is ended by `stop` alone. */
  readonly signal?: AbortSignal;
}

/** A server that is started, watched and restarted until it is stopped. */
export interface SupervisedProcess {
  /** Process number of the server itself, `undefined` between a crash and the restart. */
  readonly pid: () => number | undefined;
  /** How often it was restarted after a crash. */
  readonly restarts: () => number;
  /** Stops the server and resolves when no process of it is left. Further calls wait for the first. */
  readonly stop: () => Promise<void>;
}

const probePauseMs = 250;
const firstBackOffMs = 1_000;
const longestBackOffMs = 30_000;
/** A server that ran this long was healthy: the next crash starts the back-off anew. */
const healthyAfterMs = 60_000;

interface RunningServer {
  readonly guard: ChildProcess;
  readonly exited: Promise<number | null>;
  readonly hasLeft: () => boolean;
}

class Supervisor implements SupervisedProcess {
  private server: RunningServer | undefined;
  private readonly stopping = new AbortController();
  private supervision: Promise<void> = Promise.resolve();
  private stopped: Promise<void> | undefined;
  private restartCount = 0;

  constructor(
    private readonly command: SupervisedCommand,
    private readonly logger: Logger,
  ) {}

  private get pidFile(): string {
    return join(this.command.folder, 'server.pid');
  }

  private get consoleLog(): string {
    return join(this.command.folder, 'console.log');
  }

  readonly pid = (): number | undefined => {
    try {
      return Number(readFileSync(this.pidFile, 'utf8').trim()) || undefined;
    } catch {
      return undefined;
    }
  };

  readonly restarts = (): number => this.restartCount;

  async start(): Promise<void> {
    mkdirSync(this.command.folder, { recursive: true, mode: 0o700 });
    await endLeftOver(this.command.folder, this.command.stopGraceMs, this.logger);
    const abandon = (): void => void this.stop();
    this.command.signal?.addEventListener('abort', abandon);
    try {
      this.command.signal?.throwIfAborted();
      await this.launchAndProbe();
      this.command.signal?.throwIfAborted();
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      this.command.signal?.removeEventListener('abort', abandon);
    }
    this.supervision = this.superviseUntilStopped();
  }

  readonly stop = (): Promise<void> => {
    this.stopped ??= this.stopOnce();
    return this.stopped;
  };

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private launch(): RunningServer {
    rmSync(this.pidFile, { force: true });
    const log = openSync(this.consoleLog, 'w', 0o600);
    try {
      const guard = spawn(
        'sh',
        [
          '-c',
          guardScript,
          'opal-guard',
          this.pidFile,
          String(Math.ceil(this.command.stopGraceMs / 1_000)),
          this.command.program,
          ...this.command.arguments,
        ],
        // A group of its own keeps Ctrl-C in the terminal from stopping the server before its clients.
        { stdio: ['pipe', log, log], detached: true, cwd: this.command.folder },
      );
      // Its end shows as an exit; a broken pipe to a guard that has just left adds nothing.
      guard.stdin?.on('error', () => undefined);
      let left = false;
      const exited = new Promise<number | null>((resolve) => {
        const leave = (code: number | null): void => {
          left = true;
          resolve(code);
        };
        guard.once('exit', leave);
        guard.once('error', () => {
          leave(null);
        });
      });
      return { guard, exited, hasLeft: () => left };
    } finally {
      closeSync(log);
    }
  }

  private async launchAndProbe(): Promise<void> {
    const server = this.launch();
    this.server = server;
    const deadline = Date.now() + this.command.startTimeoutMs;
    for (;;) {
      if (this.isStopping()) return;
      if (server.hasLeft()) throw this.startFailure('it left while starting');
      const lastAnswer = await this.command.probe().then(
        () => undefined,
        (error: unknown) => String(error),
      );
      const pid = this.pid();
      if (lastAnswer === undefined && !server.hasLeft() && pid !== undefined) {
        rememberServer(this.command.folder, pid);
        return;
      }
      if (Date.now() > deadline) {
        throw this.startFailure(
          `it answered no query in time, last: ${lastAnswer ?? 'no process'}`,
        );
      }
      await delay(probePauseMs);
    }
  }

  private startFailure(why: string): EmbeddedServiceError {
    const tail = readLogTail(this.consoleLog);
    return (
      this.command.explain?.(tail) ??
      new EmbeddedServiceError({
        code: 'embedded.start.failed',
        what: `${this.command.name} did not start`,
        subject: this.command.folder,
        why: tail === '' ? why : `${why}; its last words: ${tail}`,
        remedy: `Read ${this.consoleLog}, or run "opal doctor"`,
        retryable: true,
      })
    );
  }

  private async superviseUntilStopped(): Promise<void> {
    let backOffMs = firstBackOffMs;
    let launchedAt = Date.now();
    while (!this.isStopping()) {
      const code = await this.server?.exited;
      if (this.isStopping()) return;
      if (Date.now() - launchedAt > healthyAfterMs) backOffMs = firstBackOffMs;
      this.logger.warn(
        { service: this.command.name, exitCode: code ?? null, restartInMs: backOffMs },
        `${this.command.name} ended unexpectedly and will be restarted`,
      );
      await delay(backOffMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      backOffMs = Math.min(backOffMs * 2, longestBackOffMs);
      launchedAt = Date.now();
      await this.restart();
    }
  }

  private async restart(): Promise<void> {
    if (this.isStopping()) return;
    this.restartCount += 1;
    try {
      await this.launchAndProbe();
      this.logger.info({ service: this.command.name, pid: this.pid() }, 'Restarted');
    } catch (error) {
      this.logger.error({ err: error }, `${this.command.name} did not come back`);
      await this.endServer();
    }
  }

  private async stopOnce(): Promise<void> {
    this.stopping.abort();
    await this.endServer();
    await this.supervision;
    forgetServer(this.command.folder);
  }

  private async endServer(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    // Ending the guard's input is the stop signal, the same that our own death would give.
    server.guard.stdin?.end();
    await server.exited;
  }
}

/**
 * Starts a server under supervision and resolves when it answers queries.
 *
 * @throws EmbeddedServiceError when it does not start in time; no process of it is left then.
 */
export async function superviseProcess(
  command: SupervisedCommand,
  logger: Logger,
): Promise<SupervisedProcess> {
  const supervisor = new Supervisor(command, logger);
  await supervisor.start();
  return supervisor;
}
