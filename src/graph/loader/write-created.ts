import { kindDefinition, type EntityKind } from '../model/index.js';
import type { Graph } from '../query/graph.js';
import { GraphConstraintError, GraphError, GraphMemoryError } from '../query/graph-error.js';
import { encodeInto, encodeNumber } from './encode-values.js';
import {
  completeHashes,
  createEdges,
  createEntities,
  loadedEdge,
  mergeEdges,
  mergeEntities,
} from './load-cypher.js';
import type { LoadStamp } from './load-stamp.js';
import type { PreparedEdge, PreparedRecord } from './prepared-record.js';

/** A record of an entity that the graph does not have. */
export interface CreatedRecord {
  readonly record: PreparedRecord;
  /** Relationships whose other end is in the graph or in the same batch. */
  readonly edges: readonly PreparedEdge[];
  /** False while other relationships wait: then the hash is withheld, so that no later sync skips it. */
  readonly complete: boolean;
}

interface Statement {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Rows that have to be written; fewer mean that an end of a relationship is missing. */
  readonly rows: number;
}

export const edgeRow = (owner: string, { target, properties }: PreparedEdge): unknown[] => [
  owner,
  target,
  properties,
];

const initials = new Map<EntityKind, Readonly<Record<string, boolean>>>();

function initialValues(kind: EntityKind): Readonly<Record<string, boolean>> {
  let values = initials.get(kind);
  if (values === undefined) {
    const declared = Object.entries(kindDefinition(kind).properties);
    values = Object.fromEntries(
      declared.flatMap(([name, { initial }]) => (initial === undefined ? [] : [[name, initial]])),
    );
    initials.set(kind, values);
  }
  return values;
}

function entityRow({ record, complete }: CreatedRecord): Record<string, unknown> {
  const { id, externalId, name, owner, hash, kind, values } = record;
  const row: Record<string, unknown> = { id, externalId, name, ...initialValues(kind) };
  if (owner !== undefined) row.owner = owner;
  if (complete) row.hash = hash;
  return encodeInto(row, kind, values);
}

export function firstSeen({ sync, at }: LoadStamp): Record<string, unknown> {
  return { firstSeen: at, addedIn: encodeNumber(sync) };
}

export function written(
  kind: EntityKind,
  { source, sync, at }: LoadStamp,
): Record<string, unknown> {
  const number = encodeNumber(sync);
  return { source, kind, lastSeen: at, changedIn: number, syncedIn: number };
}

type Variant = 'create' | 'merge';

function entityStatements(
  records: readonly CreatedRecord[],
  stamp: LoadStamp,
  variant: Variant,
): Statement[] {
  return [...Map.groupBy(records, ({ record }) => record.kind)].map(([kind, group]) => {
    const rows = group.map(entityRow);
    const first = firstSeen(stamp);
    const common = written(kind, stamp);
    return variant === 'create'
      ? {
          text: createEntities(kind),
          parameters: { rows, common: { ...common, ...first } },
          rows: rows.length,
        }
      : { text: mergeEntities(kind), parameters: { rows, common, first }, rows: rows.length };
  });
}

function edgeStatements(records: readonly CreatedRecord[], variant: Variant): Statement[] {
  const byEdge = new Map<string, { record: PreparedRecord; edge: string; rows: unknown[][] }>();
  for (const { record, edges } of records) {
    for (const edge of edges) {
      const key = `${record.kind}.${edge.edge}`;
      let group = byEdge.get(key);
      if (group === undefined) byEdge.set(key, (group = { record, edge: edge.edge, rows: [] }));
      group.rows.push(edgeRow(record.id, edge));
    }
  }
  return [...byEdge.values()].map(({ record, edge, rows }) => {
    const build = variant === 'create' ? createEdges : mergeEdges;
    const text = build(loadedEdge(record.kind, edge));
    return { text, parameters: { rows }, rows: rows.length };
  });
}

function missingEnds(subject: string, expected: number, found: unknown): GraphError {
  return new GraphError({
    code: 'graph.load.lost',
    what: 'Some nodes disappeared during the load',
    subject,
    why: `${expected} rows were sent and ${String(found)} written`,
    remedy: 'Collect again; if the source was removed meanwhile, this is expected',
    retryable: true,
  });
}

async function runAll(
  graph: Graph,
  statements: readonly Statement[],
  source: string,
): Promise<void> {
  await graph.transaction(async (tx) => {
    // Sent together: the server works through them while this process gathers the next ones.
    const answers = await Promise.all(
      statements.map(({ text, parameters }) => tx.runCompiled({ text, parameters })),
    );
    for (const [place, { rows }] of statements.entries()) {
      const found = answers[place]?.[0]?.written;
      if (found !== rows) throw missingEnds(source, rows, found);
    }
  });
}

async function mergeEntityRows(
  graph: Graph,
  records: readonly CreatedRecord[],
  stamp: LoadStamp,
): Promise<void> {
  const withheld = records.map((created) => ({ ...created, complete: false }));
  await inHalves(withheld, (half) =>
    runAll(graph, entityStatements(half, stamp, 'merge'), stamp.source),
  );
}

/** Repeats with half as many while the server's memory does not suffice. */
export async function inHalves<T>(
  rows: readonly T[],
  write: (rows: readonly T[]) => Promise<void>,
): Promise<void> {
  try {
    await write(rows);
  } catch (error) {
    if (!(error instanceof GraphMemoryError) || rows.length < 2) throw error;
    const middle = Math.ceil(rows.length / 2);
    await inHalves(rows.slice(0, middle), write);
    await inHalves(rows.slice(middle), write);
  }
}

/** In small steps, each safe to repeat. Hashes come last: until then no sync skips the entity. */
async function writePiecewise(
  graph: Graph,
  records: readonly CreatedRecord[],
  stamp: LoadStamp,
): Promise<void> {
  await mergeEntityRows(graph, records, stamp);
  await inHalves(records, (half) => runAll(graph, edgeStatements(half, 'merge'), stamp.source));
  const rows = records
    .filter(({ complete }) => complete)
    .map(({ record }) => [record.id, record.hash]);
  await inHalves(rows, async (half) => {
    const parameters = { rows: half };
    await graph.writeCompiled({ text: completeHashes, parameters, idempotent: true });
  });
}

const mayBeThere = (error: unknown): boolean =>
  error instanceof GraphConstraintError ||
  (error instanceof GraphError && error.code === 'graph.commit.uncertain');

/**
 * Writes entities that are new, with their relationships, in one transaction. Where it turns out
 * that they are there already, or where the server's memory does not suffice, the same is reached
 * in steps that are safe to repeat.
 */
export async function writeCreated(
  graph: Graph,
  records: readonly CreatedRecord[],
  stamp: LoadStamp,
): Promise<void> {
  const statements = [
    ...entityStatements(records, stamp, 'create'),
    ...edgeStatements(records, 'create'),
  ];
  try {
    await runAll(graph, statements, stamp.source);
  } catch (error) {
    if (!mayBeThere(error) && !(error instanceof GraphMemoryError)) throw error;
    await writePiecewise(graph, records, stamp);
  }
}
