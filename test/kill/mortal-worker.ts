import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerTask } from './worker-task.js';

const entry = join(import.meta.dirname, 'worker-process.ts');
const hooks = resolve('bootstrap/run-typescript.js');

/** A worker process that is started again whenever it was killed. */
export class MortalWorker {
  #child: ChildProcess | undefined;
  #stopping = false;
  #failure: string | undefined;
  /** How often it died by SIGKILL. */
  deaths = 0;

  private constructor(
    private readonly folder: string,
    private readonly taskFile: string,
    private readonly diary: string,
    readonly config: WorkerTask['config'],
  ) {}

  static async start(task: Omit<WorkerTask, 'diary'>): Promise<MortalWorker> {
    const folder = await mkdtemp(join(tmpdir(), 'opal-kill-'));
    const diary = join(folder, 'diary');
    const taskFile = join(folder, 'task.json');
    await writeFile(taskFile, JSON.stringify({ ...task, diary }), { mode: 0o600 });
    await writeFile(diary, '');
    const worker = new MortalWorker(folder, taskFile, diary, task.config);
    worker.#spawn();
    return worker;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Something other than the deaths that were asked for; a test asserts that it is undefined. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Machine and kill point of every death so far. */
  async diaryLines(): Promise<readonly string[]> {
    return (await readFile(this.diary, 'utf8')).split('\n').filter(Boolean);
  }

  /** Waits until it sleeps at a moment that it was told. */
  async untilAsleep(): Promise<void> {
    while ((await this.diaryLines()).length === 0) await sleep(50);
  }

  wake(): void {
    this.#child?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.wake();
    this.#stopping = true;
    const child = this.#child;
    if (child?.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await gone;
      clearTimeout(impatience);
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  #spawn(): void {
    const child = fork(entry, [this.taskFile], {
      execArgv: ['--import', hooks],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    let words = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString('utf8')).slice(-4_000);
    });
    child.once('exit', (code, signal) => {
      if (this.#stopping) return;
      if (signal === 'SIGKILL') this.deaths += 1;
      else this.#failure ??= `the worker ended by itself (${String(code ?? signal)}): ${words}`;
      this.#spawn();
    });
    this.#child = child;
  }
}
