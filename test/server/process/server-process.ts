import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { quickJava } from '../../real/quick-java.js';

/** The server as a process of its own, with what it printed so far. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves when the server says that it is ready. */
  readonly ready: () => Promise<{ readonly address: string; readonly token: string | undefined }>;
  /** Exit code, `null` after a signal. */
  readonly exited: Promise<number | null>;
}

const readyPattern = /Address: (\S+)/u;
const tokenPattern = /Token: +(opal_\S+)/u;

/** Starts the server's entry from its sources, with nothing of the caller's configuration. */
export function startServerProcess(
  environment: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): ServerProcess {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:OPAL_|NEO4J_|REDIS_)/u.test(name),
  );
  const child = spawn(
    process.execPath,
    ['--import', './bootstrap/run-typescript.js', 'src/server/main.ts', ...flags],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...Object.fromEntries(own), ...quickJava, ...environment },
    },
  );
  let output = '';
  const changed = new EventTarget();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      changed.dispatchEvent(new Event('change'));
    });
  }
  const exited = once(child, 'exit').then(([code]) => {
    changed.dispatchEvent(new Event('change'));
    return typeof code === 'number' ? code : null;
  });
  const ready: ServerProcess['ready'] = async () => {
    while (!readyPattern.test(output)) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`the server ended before it was ready:\n${output}`);
      }
      await once(changed, 'change');
    }
    return {
      address: readyPattern.exec(output)?.[1] ?? '',
      token: tokenPattern.exec(output)?.[1],
    };
  };
  return { child, output: () => output, ready, exited };
}
