import { realCluster } from '../kubernetes/real-cluster.js';
import { realNeo4j, wipeGraph } from '../real/neo4j.js';
import { realRedisUrl } from '../real/redis.js';
import { openStage, type Stage } from './stage.js';

/** A stage on the services of this test run, with a simulator of its own. */
export async function realStage(machines: number): Promise<Stage> {
  const { kubeconfigPath } = await realCluster();
  // Workers take up whatever is under way in the graph, also what an earlier test left there.
  await wipeGraph();
  return openStage({
    machines,
    kubeconfigPath,
    neo4j: await realNeo4j(),
    redisUrl: await realRedisUrl(),
  });
}
