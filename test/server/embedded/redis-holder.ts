/** Runs an embedded Redis until it is ended from outside; prints its process number when it serves. */
import { startEmbeddedRedis } from '../../../src/server/embedded/redis.js';
import { createLogger } from '../../../src/telemetry/logger.js';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('usage: redis-holder.ts <data folder>');
const redis = await startEmbeddedRedis({ dataDir, logger: createLogger('silent') });
console.log(String(redis.pid()));
setInterval(() => undefined, 60_000);
