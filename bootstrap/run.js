import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { clearInterval, setInterval } from 'node:timers';
import { withCompileCache } from './compile-cache.js';
import { pinnedNode } from './install.js';

const parentCheckMs = 2_000;

const nodeOptions = [
  '--enable-source-maps',
  // V8 takes rows that a few short answers held for long-lived objects and from then on keeps every
  // row of an export until a full collection: about 70 MiB more for 100,000 rows.
  '--no-allocation-site-pretenuring',
];

/** npm that is killed with SIGKILL cannot pass anything on; its end shows in a new parent. */
function watchNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(timer);
      onGone();
    }
  }, parentCheckMs);
  timer.unref();
}

/**
 * Runs a script on the pinned Node with this terminal, passes signals on, and leaves as it left.
 * The open channel to the child tells it when this process dies without a word.
 */
export function runPinned(script, args) {
  const child = spawn(pinnedNode, [...nodeOptions, script, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: withCompileCache(process.env),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the whole group, the child has its own already.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  watchNpm(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(
      `The pinned Node could not be started (${error.message}). Run "npm ci" and start again.`,
    );
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
    if (child.connected) child.disconnect();
    process.exit();
  });
}
