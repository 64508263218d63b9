import type { GraphOptions } from '../graph/index.js';
import type { Logger } from '../telemetry/logger.js';
import type { Configuration } from './configuration/index.js';
import { neo4jMemory } from './embedded/neo4j-memory.js';
import { startEmbeddedNeo4j } from './embedded/neo4j.js';
import { startEmbeddedRedis } from './embedded/redis.js';
import type { StopOrder } from './stop-order.js';

/** Where the graph and the queue are, whoever runs them. */
export interface BackingServices {
  readonly graph: Pick<GraphOptions, 'uri' | 'user' | 'password' | 'database'>;
  /** Address with the password in it: never log it. */
  readonly redisUrl: string;
}

interface Start {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly stopOrder: StopOrder;
  readonly signal: AbortSignal;
}

async function neo4jFor(start: Start): Promise<BackingServices['graph']> {
  const { configuration, logger, stopOrder, signal } = start;
  const { neo4jUri, neo4jUser, neo4jPassword, neo4jDatabase, dataDir } = configuration;
  if (neo4jUri !== undefined) {
    return {
      uri: neo4jUri,
      user: neo4jUser,
      password: neo4jPassword ?? '',
      database: neo4jDatabase,
    };
  }
  logger.info('Starting the embedded Neo4j; the first start downloads it');
  const usual = neo4jMemory();
  const neo4j = await startEmbeddedNeo4j({
    dataDir,
    logger,
    signal,
    heap: configuration.neo4jHeap ?? usual.heap,
    pageCache: configuration.neo4jPageCache ?? usual.pageCache,
  });
  stopOrder.add('Neo4j', neo4j.stop);
  return { uri: neo4j.uri, user: neo4j.user, password: neo4j.password, database: 'neo4j' };
}

async function redisFor(start: Start): Promise<string> {
  const { configuration, logger, stopOrder, signal } = start;
  if (configuration.redisUrl !== undefined) return configuration.redisUrl;
  logger.info('Starting the embedded Redis');
  const redis = await startEmbeddedRedis({ dataDir: configuration.dataDir, logger, signal });
  stopOrder.add('Redis', redis.stop);
  return redis.url;
}

/**
 * Starts what is to be embedded, both at once, and says where everything is. What was started is in
 * the stop order even when the other one fails.
 */
export async function openBackingServices(start: Start): Promise<BackingServices> {
  const failure = new AbortController();
  const signal = AbortSignal.any([start.signal, failure.signal]);
  const linked = { ...start, signal };
  const abandon = (error: unknown): never => {
    failure.abort(error);
    throw error;
  };
  const [graph, redisUrl] = await Promise.allSettled([
    neo4jFor(linked).catch(abandon),
    redisFor(linked).catch(abandon),
  ]);
  start.signal.throwIfAborted();
  if (failure.signal.aborted) throw failure.signal.reason;
  if (graph.status === 'rejected') throw graph.reason;
  if (redisUrl.status === 'rejected') throw redisUrl.reason;
  return { graph: graph.value, redisUrl: redisUrl.value };
}
