import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Graph } from '../query/graph.js';
import { GraphSchemaError } from '../query/graph-error.js';
import { desiredSchema, schemaPrefix } from './desired-schema.js';
import {
  acquireSchemaLock,
  awaitIndexes,
  recordSchemaVersion,
  releaseSchemaLock,
  schemaItems,
  schemaVersions,
} from './schema-queries.js';
import { schemaMigrations } from './versions.js';

const leaseMs = 300_000;
const lockPatienceMs = 60_000;
const lockPauseMs = 500;
const indexPatienceSeconds = 600;
/** Every commit of a change of schema makes the server plan all queries anew, so few commits do many. */
const definitionsPerTransaction = 60;
/** A constraint is checked against what is there before its transaction ends. */
const definitionPatienceMs = 600_000;

export interface MigrationReport {
  /** Versions that were applied now, in order. */
  readonly applied: readonly number[];
  /** Names of constraints and indexes that were made and dropped. */
  readonly created: readonly string[];
  readonly dropped: readonly string[];
}

async function acquire(graph: Graph, holder: string): Promise<void> {
  const giveUpAt = Date.now() + lockPatienceMs;
  // Without the constraint two processes could make two lock nodes.
  const lockItem = desiredSchema.find(({ name }) => name === `${schemaPrefix}SchemaLock_id_unique`);
  if (lockItem !== undefined) await runDefinitions(graph, [lockItem.create]);
  while ((await graph.write(acquireSchemaLock, { holder, leaseMs })).length === 0) {
    if (Date.now() > giveUpAt) throw lockHeld();
    await sleep(lockPauseMs);
  }
}

function lockHeld(): GraphSchemaError {
  return new GraphSchemaError({
    code: 'graph.schema.locked',
    what: 'The graph is being migrated by another process',
    subject: 'the graph',
    why: `its lock was not released within ${lockPatienceMs / 1_000} s`,
    remedy: 'Wait until the other process is done; a lock left by a crash ends after five minutes',
    retryable: true,
  });
}

/** Each is safe to repeat, and what a cut-off start has committed the next one finds done. */
async function runDefinitions(graph: Graph, texts: readonly string[]): Promise<void> {
  for (let at = 0; at < texts.length; at += definitionsPerTransaction) {
    const together = texts.slice(at, at + definitionsPerTransaction);
    await graph.transaction(
      async (tx) => {
        for (const text of together) await tx.runCompiled({ text, parameters: {} });
      },
      { timeoutMs: definitionPatienceMs },
    );
  }
}

async function applyMigrations(graph: Graph): Promise<number[]> {
  const known = await graph.read(schemaVersions, {});
  const newest = Math.max(...schemaMigrations.map(({ version }) => version));
  const beyond = known.find(({ version }) => version > newest);
  if (beyond !== undefined) throw newerGraph(beyond.version, newest);
  const done = new Set(known.map(({ version }) => version));
  const applied: number[] = [];
  for (const { version, name, apply } of schemaMigrations) {
    if (done.has(version)) continue;
    await apply(graph);
    await graph.write(recordSchemaVersion, { version, name, appliedAt: new Date().toISOString() });
    applied.push(version);
  }
  return applied;
}

function newerGraph(found: number, newest: number): GraphSchemaError {
  return new GraphSchemaError({
    code: 'graph.schema.newer',
    what: 'The graph was written by a newer version of the product',
    subject: 'the graph',
    why: `it has schema version ${found}, and this program knows ${newest}`,
    remedy: 'Start the newer version, or restore a backup made before the upgrade',
    retryable: false,
  });
}

async function adjustSchema(graph: Graph): Promise<Pick<MigrationReport, 'created' | 'dropped'>> {
  const existing = await graph.read(schemaItems, { prefix: schemaPrefix });
  const names = new Set(existing.map(({ name }) => name));
  const desired = new Set(desiredSchema.map(({ name }) => name));
  const obsolete = existing.filter(({ name }) => !desired.has(name));
  const drops = obsolete.map(({ name, constraint }) => {
    const type = constraint ? 'CONSTRAINT' : 'INDEX';
    return `DROP ${type} \`${name.replaceAll('`', '``')}\` IF EXISTS`;
  });
  await runDefinitions(graph, drops);
  const missing = desiredSchema.filter(({ name }) => !names.has(name));
  await runDefinitions(
    graph,
    missing.map(({ create }) => create),
  );
  await graph.write(awaitIndexes, { timeoutSeconds: indexPatienceSeconds });
  return {
    created: missing.map(({ name }) => name),
    dropped: obsolete.map(({ name }) => name),
  };
}

/**
 * Brings the database to what this program needs: migrations in order, then constraints and
 * indexes as the model asks. Safe to call at every start and from several processes.
 *
 * @throws GraphSchemaError where the graph is newer than the program or another process holds it.
 */
export async function migrate(graph: Graph): Promise<MigrationReport> {
  const holder = randomUUID();
  await acquire(graph, holder);
  try {
    const applied = await applyMigrations(graph);
    return { applied, ...(await adjustSchema(graph)) };
  } finally {
    await graph.write(releaseSchemaLock, { holder });
  }
}
