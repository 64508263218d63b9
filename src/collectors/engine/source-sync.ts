import type { Graph } from '../../graph/index.js';
import type { AnyCollector } from '../any-collector.js';
import type { ChangeBurst } from '../contract.js';
import { ChangeStream } from './change-stream.js';
import { FullSync, type SourceMemory } from './full-sync.js';
import { gatherBursts } from './gather-bursts.js';
import { readSource } from './read-source.js';
import { SourceLease } from './source-lease.js';
import { tell, type SyncListeners } from './sync-progress.js';
import {
  beginSync,
  endSync,
  type RunningSync,
  type SyncMode,
  type SyncReport,
} from './sync-run.js';

/** A source and how to read it. */
export interface SyncTarget {
  /** Id of the registered source. */
  readonly source: string;
  readonly collector: AnyCollector;
  /** As the collector's schema gives it, secrets included. */
  readonly configuration: unknown;
}

export interface SyncOptions {
  readonly signal?: AbortSignal;
  /** A person has seen what a former sync held back, and wants those objects removed. */
  readonly confirmRemovals?: boolean;
  /** `replay` where a bundle stands for the source; `full` if left out. */
  readonly mode?: Exclude<SyncMode, 'changes'>;
}

export interface EnginePace {
  /** Pause after a first failure in milliseconds. */
  readonly firstPauseMs: number;
  /** How long changes are gathered before they are written, in milliseconds. */
  readonly calmMs: number;
  /** How long one sync of mode `changes` stays open, in milliseconds. */
  readonly rotateMs: number;
  /** How long a source stays taken after the process that read it died, in milliseconds. */
  readonly leaseMs: number;
}

export interface SyncContext {
  readonly graph: Graph;
  readonly listeners: SyncListeners;
  readonly pace: EnginePace;
}

/** What goes on in the session of a full read after it. */
type Afterwards = (
  session: unknown,
  since: string,
  left: SourceMemory,
  report: SyncReport,
) => Promise<void>;

const nothing: Afterwards = () => Promise.resolve();

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

async function recordFailure(
  graph: Graph,
  run: RunningSync,
  sync: FullSync | undefined,
  error: unknown,
  cancelled: boolean,
): Promise<void> {
  const status = cancelled ? 'cancelled' : 'failed';
  await sync?.left.waiting.discard();
  // The next sync of the source closes the record where even this fails.
  await endSync(graph, run, sync?.loader, { status, error: messageOf(error) }).catch(
    () => undefined,
  );
}

/** One full read in a turn that is held, and what follows it in the same session. */
async function readAll(
  context: SyncContext,
  target: SyncTarget,
  options: SyncOptions,
  lease: SourceLease,
  afterwards: Afterwards,
): Promise<SyncReport> {
  const { graph, listeners, pace } = context;
  const { source, collector, configuration } = target;
  const run = await beginSync(graph, source, options.mode ?? 'full', lease);
  const signal = AbortSignal.any([lease.signal, ...(options.signal ? [options.signal] : [])]);
  let sync: FullSync | undefined;
  let report: SyncReport | undefined;
  try {
    const reading = await FullSync.begin(graph, run, collector, listeners);
    sync = reading;
    return await readSource({
      collector,
      configuration,
      source,
      signal,
      firstPauseMs: pace.firstPauseMs,
      onPage: (page) => reading.takePage(page),
      onDone: async (session, proof) => {
        signal.throwIfAborted();
        const end = await reading.finish(proof, options.confirmRemovals ?? false);
        const done = await endSync(graph, run, reading.loader, end);
        report = done;
        const { counts } = done;
        tell(listeners.onApplied, { source, sync: run.number, mode: run.mode, counts });
        await afterwards(session, proof.since, reading.left, done);
        return done;
      },
    });
  } catch (error) {
    if (report === undefined) await recordFailure(graph, run, sync, error, signal.aborted);
    throw error;
  }
}

/** Runs one full sync from its first to its last write. */
export async function syncOnce(
  context: SyncContext,
  target: SyncTarget,
  options: SyncOptions,
): Promise<SyncReport> {
  const lease = new SourceLease(context.graph, target.source, context.pace.leaseMs);
  try {
    return await readAll(context, target, options, lease, nothing);
  } finally {
    await lease.release();
  }
}

/** A full sync, then the stream of changes in the same session, until the signal or its loss. */
export async function syncAndFollow(
  context: SyncContext,
  target: SyncTarget,
  options: SyncOptions,
  signal: AbortSignal,
  onRead: (report: SyncReport) => void,
): Promise<void> {
  const { graph, listeners, pace } = context;
  const { collector, source } = target;
  const lease = new SourceLease(graph, source, pace.leaseMs);
  const follow: Afterwards = async (session, since, left, report) => {
    onRead(report);
    lease.watching = true;
    const { rotateMs, calmMs } = pace;
    const stream = new ChangeStream({ graph, collector, source, lease, left, listeners, rotateMs });
    const either = AbortSignal.any([signal, lease.signal]);
    try {
      const open = (until: AbortSignal): AsyncIterable<ChangeBurst> =>
        collector.watch(session, since, until);
      const apply = (bursts: readonly ChangeBurst[]): Promise<void> => stream.apply(bursts);
      await gatherBursts({ open, apply, calmMs }, either);
    } finally {
      await stream.close();
      await left.waiting.discard();
    }
    either.throwIfAborted();
  };
  try {
    await readAll(context, target, { ...options, signal }, lease, follow);
  } finally {
    await lease.release();
  }
}
