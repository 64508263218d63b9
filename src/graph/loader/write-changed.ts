import type { EntityKind } from '../model/index.js';
import type { Graph, GraphTransaction } from '../query/graph.js';
import { GraphError } from '../query/graph-error.js';
import { changeRow, type ChangeRow } from './change-row.js';
import { differenceOf, type EntityDifference, type StoredEntity } from './changed-fields.js';
import { encodeInto } from './encode-values.js';
import {
  deleteEdges,
  loadedEdge,
  mergeEdges,
  mergeEntities,
  readEntities,
  recordChanges,
} from './load-cypher.js';
import type { LoadStamp } from './load-stamp.js';
import type { PreparedEdge, PreparedRecord } from './prepared-record.js';
import { buryPartsOf, type BuriedEntity } from './write-removed.js';
import { edgeRow, firstSeen, inHalves, written } from './write-created.js';

/** A record of an entity that the graph has, live or as a tombstone. */
export interface ChangedRecord {
  /** With only those relationships whose other end is in the graph. */
  readonly record: PreparedRecord;
  /** False where relationships had to be left out. */
  readonly complete: boolean;
}

export interface ChangeOutcome {
  readonly id: string;
  readonly kind: EntityKind;
  /** `completed` is new in this very sync and only lacked relationships. */
  readonly outcome: 'changed' | 'unchanged' | 'added' | 'completed';
}

export interface ChangedBatch {
  readonly outcomes: readonly ChangeOutcome[];
  /** Parts that their owner no longer has. */
  readonly buried: readonly BuriedEntity[];
}

interface Work {
  readonly changed: ChangedRecord;
  readonly stored: StoredEntity | undefined;
  readonly difference: EntityDifference;
  readonly sync: number;
}

const isStoredEdge = (value: unknown): value is [string, string, PreparedEdge['properties']] =>
  Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string';

function storedEntity(row: Record<string, unknown>): StoredEntity {
  const edges = Array.isArray(row.edges) ? row.edges.filter(isStoredEdge) : [];
  return {
    id: String(row.id),
    properties: { ...(typeof row.properties === 'object' ? row.properties : {}) },
    removed: row.removed === true,
    edges: edges.map(([edge, target, properties]) => ({ edge, target, properties })),
  };
}

async function lookUp(
  tx: GraphTransaction,
  records: readonly ChangedRecord[],
  { sync }: LoadStamp,
): Promise<Work[]> {
  const stored = new Map<string, StoredEntity>();
  for (const [kind, group] of Map.groupBy(records, ({ record }) => record.kind)) {
    const ids = group.map(({ record }) => record.id);
    const rows = await tx.runCompiled({ text: readEntities(kind), parameters: { ids } });
    for (const row of rows) stored.set(String(row.id), storedEntity(row));
  }
  return records.map((changed) => {
    const before = stored.get(changed.record.id);
    const compared = before ?? { id: '', properties: {}, removed: true, edges: [] };
    return { changed, stored: before, difference: differenceOf(compared, changed.record), sync };
  });
}

function outcomeOf({ stored, difference, sync }: Work): ChangeOutcome['outcome'] {
  if (stored === undefined || stored.removed) return 'added';
  if (stored.properties.addedIn === sync) return 'completed';
  const { fields, newEdges, oldEdges } = difference;
  const differs = Object.keys(fields).length + newEdges.length + oldEdges.length > 0;
  return differs ? 'changed' : 'unchanged';
}

/** A hash alone may differ, where an earlier sync had to leave a relationship out. */
function needsWrite(work: Work): boolean {
  const { changed, stored } = work;
  if (outcomeOf(work) !== 'unchanged') return true;
  const hash = changed.complete ? changed.record.hash : undefined;
  return (
    stored?.properties.hash !== hash ||
    (changed.record.owner !== undefined && stored?.properties.owner !== changed.record.owner)
  );
}

function mergedRow({ changed, difference }: Work): Record<string, unknown> {
  const { id, externalId, kind, owner, hash } = changed.record;
  const row: Record<string, unknown> = { id, externalId, hash: changed.complete ? hash : null };
  if (owner !== undefined) row.owner = owner;
  return encodeInto(row, kind, difference.values);
}

async function writeEntities(
  tx: GraphTransaction,
  work: readonly Work[],
  stamp: LoadStamp,
): Promise<void> {
  for (const [kind, group] of Map.groupBy(work, ({ changed }) => changed.record.kind)) {
    const touched = Map.groupBy(group, (item) => outcomeOf(item) === 'unchanged');
    for (const [unchanged, items] of touched) {
      // Where nothing but bookkeeping is written, the entity did not change in this sync.
      const common = unchanged ? {} : written(kind, stamp);
      const parameters = { rows: items.map(mergedRow), common, first: firstSeen(stamp) };
      await tx.runCompiled({ text: mergeEntities(kind), parameters });
    }
  }
}

async function writeEdges(
  tx: GraphTransaction,
  work: readonly Work[],
  pick: 'newEdges' | 'oldEdges',
): Promise<void> {
  const build = pick === 'newEdges' ? mergeEdges : deleteEdges;
  for (const [kind, group] of Map.groupBy(work, ({ changed }) => changed.record.kind)) {
    const rows = group.flatMap(({ changed, difference }) =>
      difference[pick].map((edge) => ({ name: edge.edge, row: edgeRow(changed.record.id, edge) })),
    );
    for (const [name, named] of Map.groupBy(rows, ({ name }) => name)) {
      const parameters = { rows: named.map(({ row }) => row) };
      await tx.runCompiled({ text: build(loadedEdge(kind, name)), parameters });
    }
  }
}

function changesOf(work: readonly Work[], stamp: LoadStamp): ChangeRow[] {
  return work.flatMap((item) => {
    const outcome = outcomeOf(item);
    const { id, kind, name } = item.changed.record;
    // The first appearance needs no record of its own: the entity itself says when it was.
    if (outcome === 'unchanged' || outcome === 'completed' || item.stored === undefined) return [];
    return [changeRow({ id, kind, name }, outcome, item.difference.fields, stamp)];
  });
}

async function writeOnce(
  tx: GraphTransaction,
  records: readonly ChangedRecord[],
  stamp: LoadStamp,
): Promise<ChangedBatch> {
  const work = await lookUp(tx, records, stamp);
  const writing = work.filter(needsWrite);
  if (writing.length > 0) {
    await writeEntities(tx, writing, stamp);
    await writeEdges(tx, writing, 'oldEdges');
    await writeEdges(tx, writing, 'newEdges');
    const rows = changesOf(writing, stamp);
    if (rows.length > 0) await tx.runCompiled({ text: recordChanges, parameters: { rows } });
  }
  const owners = records.map(({ record }) => record).filter(({ parts }) => parts !== undefined);
  const buried = await buryPartsOf(tx, owners, stamp);
  const outcomes = work.map((item) => {
    const { id, kind } = item.changed.record;
    return { id, kind, outcome: outcomeOf(item) };
  });
  return { outcomes, buried };
}

/**
 * Writes entities that may have changed: compares them with what is stored, writes the difference
 * and a Change for each, and buries parts that vanished. A batch is one transaction; one that is
 * too large for the server's memory is split.
 */
export async function writeChanged(
  graph: Graph,
  records: readonly ChangedRecord[],
  stamp: LoadStamp,
): Promise<ChangedBatch> {
  const outcomes: ChangeOutcome[] = [];
  const buried: BuriedEntity[] = [];
  await inHalves(records, async (half) => {
    const write = (): Promise<ChangedBatch> =>
      graph.transaction((tx) => writeOnce(tx, half, stamp));
    const batch = await write().catch((error: unknown) => {
      // Comparing again finds out whether the commit took effect.
      if (error instanceof GraphError && error.code === 'graph.commit.uncertain') return write();
      throw error;
    });
    outcomes.push(...batch.outcomes);
    buried.push(...batch.buried);
  });
  return { outcomes, buried };
}
