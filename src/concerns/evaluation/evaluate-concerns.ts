import type { Graph, RunOptions } from '../../graph/query/graph.js';
import { catalogueVersion, providerOfSource, rulesOf } from '../catalogue.js';
import type { Rule } from '../rule/rule.js';
import { loadWorkloads, type LoadedWorkload } from '../workload/load-workloads.js';
import { evaluateWorkload } from './evaluate-workload.js';
import { dueMachines, evaluationSources } from './evaluation-queries.js';
import { forgetSources, markDue, settledSync, type EvaluationSource } from './mark-due.js';
import { recordEvaluations } from './record-evaluations.js';
import { confirmMachines, removeOrphanCauses, removeOrphanConcerns } from './record-queries.js';

export interface EvaluationProgress {
  readonly source: string;
  /** Machines looked at so far, of those that are due. */
  readonly done: number;
  readonly due: number;
}

export interface EvaluationOptions {
  /** Only this source; all if left out. */
  readonly source?: string;
  /** Every machine anew, whether or not anything changed. */
  readonly full?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EvaluationProgress) => void;
}

export interface EvaluationReport {
  readonly catalogue: string;
  /** Machines that rules were applied to. */
  readonly evaluated: number;
  /** Machines that were due, but of which nothing that rules read was different. */
  readonly unchanged: number;
  /** Causes that hold no machine any more and were removed. */
  readonly removedCauses: number;
}

const batchSize = 500;
const orphansAtOnce = 10_000;

interface SourceTotals {
  evaluated: number;
  unchanged: number;
  stale: number;
}

async function recordBatch(
  graph: Graph,
  source: EvaluationSource,
  rules: readonly Rule[],
  loaded: readonly LoadedWorkload[],
  options: RunOptions,
): Promise<SourceTotals> {
  const same = loaded.filter(({ unchanged }) => unchanged);
  const different = loaded.filter(({ unchanged }) => !unchanged);
  const stamp = { evaluatedIn: settledSync(source), catalogue: catalogueVersion };
  const evaluated = different.map(({ workload, digest }) =>
    evaluateWorkload(rules, workload, digest),
  );
  const now = new Date().toISOString();
  const stale = await recordEvaluations(graph, evaluated, { ...stamp, now }, options.signal);
  if (same.length > 0) {
    const confirmed = same.map(({ workload }) => workload.id);
    await graph.write(confirmMachines, { ids: confirmed, ...stamp }, options);
  }
  return { evaluated: different.length, unchanged: same.length, stale };
}

/** Batches of workloads in order; the next one is on its way while one is worked on. */
async function* loadedBatches(
  graph: Graph,
  source: string,
  ids: readonly string[],
  options: RunOptions,
): AsyncGenerator<LoadedWorkload[]> {
  const load = (start: number): Promise<LoadedWorkload[]> => {
    const batch = ids.slice(start, start + batchSize);
    const loading = loadWorkloads(graph, { source, ids: batch, salt: catalogueVersion }, options);
    // Where the work on the batch before fails, nobody waits for this one any more.
    loading.catch(() => undefined);
    return loading;
  };
  let next = load(0);
  for (let start = 0; start < ids.length; start += batchSize) {
    const loaded = await next;
    if (start + batchSize < ids.length) next = load(start + batchSize);
    yield loaded;
  }
}

async function evaluateSource(
  graph: Graph,
  source: EvaluationSource,
  rules: readonly Rule[],
  { full = false, onProgress, signal }: EvaluationOptions,
): Promise<SourceTotals & { readonly removed: number }> {
  const options: RunOptions = signal === undefined ? {} : { signal };
  const removed = await markDue(graph, source, full, options);
  const due = await graph.read(
    dueMachines,
    { source: source.id, catalogue: catalogueVersion },
    options,
  );
  const totals: SourceTotals = { evaluated: 0, unchanged: 0, stale: 0 };
  let done = 0;
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return { ...totals, removed };
  for await (const loaded of loadedBatches(graph, source.id, ids, options)) {
    const batch = await recordBatch(graph, source, rules, loaded, options);
    totals.evaluated += batch.evaluated;
    totals.unchanged += batch.unchanged;
    totals.stale += batch.stale;
    done = Math.min(done + batchSize, ids.length);
    onProgress?.({ source: source.id, done, due: ids.length });
    signal?.throwIfAborted();
  }
  return { ...totals, removed };
}

async function removeOrphans(graph: Graph, options: RunOptions): Promise<number> {
  let total = 0;
  for (;;) {
    const [batch] = await graph.write(removeOrphanCauses, { limit: orphansAtOnce }, options);
    const removed = batch?.removed ?? 0;
    total += removed;
    if (removed < orphansAtOnce) break;
  }
  await graph.write(removeOrphanConcerns, {}, options);
  return total;
}

async function evaluate(graph: Graph, options: EvaluationOptions): Promise<EvaluationReport> {
  const run: RunOptions = options.signal === undefined ? {} : { signal: options.signal };
  const sources = await graph.read(evaluationSources, {}, run);
  const report = { catalogue: catalogueVersion, evaluated: 0, unchanged: 0, removedCauses: 0 };
  let leftOver = (options.full === true ? 1 : 0) + (await forgetSources(graph, run));
  for (const source of sources) {
    const provider = providerOfSource(source.kind);
    if (provider === undefined) continue;
    if (options.source !== undefined && options.source !== source.id) continue;
    const totals = await evaluateSource(graph, source, rulesOf(provider), options);
    report.evaluated += totals.evaluated;
    report.unchanged += totals.unchanged;
    leftOver += totals.stale + totals.removed;
  }
  if (leftOver > 0) report.removedCauses = await removeOrphans(graph, run);
  return report;
}

const turns = new WeakMap<Graph, Promise<unknown>>();

/**
 * Applies the rules to the machines whose evaluation is due: those that changed since, or whose
 * parts, host, cluster, placement rules, datastores or networks did, or that were evaluated with
 * another catalogue. Concerns, causes and the readiness of the machines are replaced in batches.
 *
 * May be stopped and called again at any time; it goes on where it was. Calls on one graph take
 * turns.
 *
 * @throws the signal's reason where it is aborted.
 */
export function evaluateConcerns(
  graph: Graph,
  options: EvaluationOptions = {},
): Promise<EvaluationReport> {
  const before = turns.get(graph) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => evaluate(graph, options));
  turns.set(graph, mine);
  return mine;
}
