import type { Graph } from '../../graph/index.js';
import type { SourceLease } from './source-lease.js';
import type { SourceLoader } from './source-loader.js';
import type { HeldKind } from './sweep-gate.js';
import type { SyncCounts } from './sync-counts.js';
import { sourceBusy, sourceNotRegistered } from './sync-error.js';
import { closeInterrupted, finishSync, sourceState, startSync } from './sync-queries.js';

export type SyncMode = 'full' | 'changes' | 'replay';
export type SyncStatus = 'running' | 'complete' | 'failed' | 'cancelled' | 'needsConfirmation';

/** What became of a sync. */
export interface SyncReport {
  readonly source: string;
  readonly sync: number;
  readonly mode: SyncMode;
  readonly status: Exclude<SyncStatus, 'running'>;
  readonly counts: SyncCounts;
  /** Things that could not be read, and relationships whose other end no read has shown. */
  readonly omissions: number;
  readonly dangling: number;
  /** Kinds whose removals were held back, with the figures. */
  readonly held: readonly HeldKind[];
  readonly error?: string;
}

export interface RunningSync {
  readonly source: string;
  readonly number: number;
  readonly lastComplete: number;
  readonly mode: SyncMode;
}

/** Takes the turn, or goes on in one that is held, and numbers a new sync. */
export async function beginSync(
  graph: Graph,
  source: string,
  mode: SyncMode,
  lease: SourceLease,
): Promise<RunningSync> {
  const at = new Date().toISOString();
  const { holder, lengthMs: leaseMs } = lease;
  const [started] = await graph.write(startSync, { source, holder, leaseMs, mode, at });
  if (started === undefined) {
    const [registered] = await graph.read(sourceState, { source });
    throw registered?.state === 'saved' || registered?.state === 'draft'
      ? sourceBusy(source)
      : sourceNotRegistered(source);
  }
  lease.keep();
  // Whatever still counts as running lost its turn with its process.
  await graph.write(closeInterrupted, { source, before: started.number - 1, at });
  return { source, mode, ...started };
}

export interface SyncEnd {
  readonly status: SyncReport['status'];
  readonly held?: readonly HeldKind[];
  readonly error?: string;
}

/** Records how a sync ended. */
export async function endSync(
  graph: Graph,
  run: RunningSync,
  loader: SourceLoader | undefined,
  end: SyncEnd,
): Promise<SyncReport> {
  const counts = loader?.counts.snapshot() ?? {};
  const omissions = loader?.notes.omissions;
  const dangling = loader?.notes.dangling;
  const held = end.held ?? [];
  await graph.write(finishSync, {
    source: run.source,
    number: run.number,
    status: end.status,
    full: run.mode !== 'changes',
    at: new Date().toISOString(),
    counts: JSON.stringify(counts),
    omissionCount: omissions?.count ?? 0,
    omissions: JSON.stringify(omissions?.samples ?? []),
    danglingCount: dangling?.count ?? 0,
    dangling: JSON.stringify(dangling?.samples ?? []),
    held: JSON.stringify(held),
    error: end.error ?? null,
  });
  return {
    source: run.source,
    sync: run.number,
    mode: run.mode,
    status: end.status,
    counts,
    omissions: omissions?.count ?? 0,
    dangling: dangling?.count ?? 0,
    held,
    ...(end.error === undefined ? {} : { error: end.error }),
  };
}
