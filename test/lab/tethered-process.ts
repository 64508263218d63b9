import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from './lab-error.js';

const killAfterMs = 5_000;

export interface TetheredOptions {
  /** Name for messages. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** File that takes what the program writes to stderr. */
  readonly log: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/**
 * A program that lives as long as this process holds its stdin: it ends on `stop`, and it ends
 * too when this process is killed, because the pipe closes.
 */
export class TetheredProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  /** Reads on, whoever waits: a program stops at a full pipe. */
  readonly #output: Interface;
  #alive = true;

  constructor(readonly options: TetheredOptions) {
    const log = openSync(options.log, 'a');
    const child = spawn(options.program, options.args, {
      stdio: ['pipe', 'pipe', log],
      env: { ...process.env, ...options.environment },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    closeSync(log);
    if (child.stdin === null || child.stdout === null) throw new TypeError('it has no pipes');
    child.stdin.on('error', () => undefined);
    this.#child = child;
    this.#output = createInterface({ input: child.stdout });
    this.#ended = new Promise((resolve) => {
      const end = () => {
        this.#alive = false;
        resolve();
      };
      this.#child.once('close', end);
      this.#child.once('error', end);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** The first line of stdout, in which the programs of the lab say where they listen. */
  async firstLine(timeoutMs: number): Promise<string> {
    const line = await this.#nextLine(timeoutMs);
    if (line !== undefined) return line;
    throw await this.failure(
      this.#alive ? `it was not ready after ${timeoutMs / 1000} s` : 'it ended',
    );
  }

  /** Gives the program a command, one line, and waits for its answer, another. One at a time. */
  async ask(command: string, timeoutMs: number): Promise<string> {
    const answer = this.#nextLine(timeoutMs);
    this.#child.stdin?.write(`${command}\n`);
    const line = await answer;
    if (line !== undefined) return line;
    throw await this.failure(
      this.#alive ? `it did not ${command} within ${timeoutMs / 1000} s` : 'it ended',
    );
  }

  async #nextLine(timeoutMs: number): Promise<string | undefined> {
    const line = new Promise<string>((resolve) => this.#output.once('line', resolve));
    return await Promise.race([
      line,
      this.#ended.then(() => undefined),
      sleep(timeoutMs, undefined, { ref: false }),
    ]);
  }

  /** An error with the end of the program's log, which says more than we know. */
  async failure(why: string): Promise<LabError> {
    const log = await readFile(this.options.log, 'utf8').catch(() => '');
    return new LabError({
      what: 'A program of the lab does not do its work',
      subject: this.options.name,
      why: `${why}; it last wrote: ${log.slice(-1500).trim() || 'nothing'}`,
      remedy: `Look into ${this.options.log}`,
    });
  }

  async stop(): Promise<void> {
    if (!this.#alive) return;
    this.#child.stdin?.end();
    this.#child.kill('SIGTERM');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), killAfterMs);
    await this.#ended;
    clearTimeout(late);
  }
}
