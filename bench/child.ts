import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A program that the bench runs, with the last of what it said. */
export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The end of its output, for the message when it fails. */
  said(): string;
  /** SIGTERM, then waits until it is gone. */
  stop(): Promise<void>;
}

const kept = 8_000;
/** Exit status by which a shell knows that a program was told to end. */
const terminated = 143;

// Without it the programs that were started would outlive a bench that is ended from outside.
process.once('SIGTERM', () => process.exit(terminated));

/** Starts a program that serves; `env` is added to the environment. */
export function startChild(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Child {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endWithUs = (): void => {
    child.kill('SIGTERM');
  };
  process.once('exit', endWithUs);
  let text = '';
  const take = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-kept);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const gone = once(child, 'exit').catch((error: unknown) => {
    text += String(error);
  });
  return {
    process: child,
    pid: child.pid ?? 0,
    said: () => text,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await gone;
      process.off('exit', endWithUs);
    },
  };
}

/** Asks until there is an answer; fails when the child ends first or the time is over. */
export async function untilReady<T>(
  child: Child,
  ask: () => T | undefined | Promise<T | undefined>,
  timeoutMs: number,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    const { exitCode, signalCode } = child.process;
    if (exitCode !== null || signalCode !== null || performance.now() > end) {
      throw new Error(`${child.process.spawnfile} did not get ready:\n${child.said()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
