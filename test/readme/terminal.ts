import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What npm says about itself and a machine's own settings, which no README can foresee. */
const aboutNpm = /^(?:npm (?:warn|notice)\b|> )/u;

/** A command in a shell of its own, and the lines that it has printed so far. */
export class Terminal {
  readonly lines: string[] = [];
  private readonly child: ChildProcess;
  private readonly closed: Promise<number>;

  constructor(command: string, environment: NodeJS.ProcessEnv) {
    this.child = spawn('sh', ['-c', `${command} 2>&1`], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
      // A group of its own gets the interrupt that Ctrl-C would send.
      detached: true,
    });
    const { child } = this;
    if (child.stdout === null) throw new Error('the output cannot be read');
    const reader = createInterface({ input: child.stdout });
    reader.on('line', (line) => {
      if (!aboutNpm.test(line)) this.lines.push(line.trimEnd());
    });
    this.closed = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(
      () => child.exitCode ?? 1,
    );
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @returns the exit code. */
  ended(): Promise<number> {
    return this.closed;
  }

  /** As Ctrl-C does; resolves once everything has stopped. */
  async interrupt(): Promise<void> {
    if (this.running && this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGINT');
    await this.closed;
  }
}
