import { isEntityKind, type EntityKind } from '../model/index.js';
import type { Graph, GraphTransaction } from '../query/graph.js';
import { changeRow } from './change-row.js';
import { encodeNumber } from './encode-values.js';
import { buryEntities, readParts, recordChanges } from './load-cypher.js';
import type { LoadStamp } from './load-stamp.js';
import type { PreparedRecord } from './prepared-record.js';
import { inHalves } from './write-created.js';

export interface BuriedEntity {
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
}

interface OwnerRow {
  readonly id: string;
  /** Null asks for all parts. */
  readonly kinds: readonly EntityKind[] | null;
  readonly ids: readonly string[];
}

function buriedEntity(row: Record<string, unknown>): BuriedEntity[] {
  const { id, kind, name } = row;
  if (typeof id !== 'string' || typeof kind !== 'string' || !isEntityKind(kind)) return [];
  return [{ id, kind, name: typeof name === 'string' ? name : '' }];
}

async function livingParts(
  tx: GraphTransaction,
  owners: readonly OwnerRow[],
): Promise<BuriedEntity[]> {
  if (owners.length === 0) return [];
  const rows = await tx.runCompiled({ text: readParts, parameters: { owners } });
  return rows.flatMap(buriedEntity);
}

async function bury(
  tx: GraphTransaction,
  entities: readonly BuriedEntity[],
  stamp: LoadStamp,
): Promise<void> {
  const common = {
    removedIn: encodeNumber(stamp.sync),
    changedIn: encodeNumber(stamp.sync),
    syncedIn: encodeNumber(stamp.lastComplete),
  };
  for (const [kind, group] of Map.groupBy(entities, ({ kind }) => kind)) {
    const ids = group.map(({ id }) => id);
    await tx.runCompiled({ text: buryEntities(kind), parameters: { ids, common } });
  }
  const rows = entities.map((entity) => changeRow(entity, 'removed', {}, stamp));
  if (rows.length > 0) await tx.runCompiled({ text: recordChanges, parameters: { rows } });
}

/** Buries the entities and, level by level, the parts that go with them. */
async function buryWithParts(
  tx: GraphTransaction,
  entities: readonly BuriedEntity[],
  stamp: LoadStamp,
): Promise<BuriedEntity[]> {
  const all: BuriedEntity[] = [];
  let level = entities;
  while (level.length > 0) {
    await bury(tx, level, stamp);
    all.push(...level);
    level = await livingParts(
      tx,
      level.map(({ id }) => ({ id, kinds: null, ids: [] })),
    );
  }
  return all;
}

/** Buries parts that their owners, read whole, no longer name. */
export async function buryPartsOf(
  tx: GraphTransaction,
  owners: readonly PreparedRecord[],
  stamp: LoadStamp,
): Promise<BuriedEntity[]> {
  const asked = owners.flatMap(({ id, parts }) =>
    parts === undefined || parts.kinds.length === 0 ? [] : [{ id, ...parts }],
  );
  return buryWithParts(tx, await livingParts(tx, asked), stamp);
}

/**
 * Turns entities into tombstones: their kind's label goes, concerns and causes let go of them, the
 * rest stays as history. Their parts go with them.
 *
 * @returns all that were buried, parts included.
 */
export async function writeRemoved(
  graph: Graph,
  entities: readonly BuriedEntity[],
  stamp: LoadStamp,
): Promise<BuriedEntity[]> {
  const all: BuriedEntity[] = [];
  await inHalves(entities, async (half) => {
    all.push(...(await graph.transaction((tx) => buryWithParts(tx, half, stamp))));
  });
  return all;
}
