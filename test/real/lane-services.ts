import { startEmbeddedNeo4j, type EmbeddedNeo4j } from '../../src/server/embedded/neo4j.js';
import { startEmbeddedRedis, type EmbeddedRedis } from '../../src/server/embedded/redis.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { startKubernetes, type LabKubernetes } from '../lab/kubernetes.js';
import type { ServiceAddresses, ServiceName } from './provided-context.js';

type Starter<Name extends ServiceName> = () => Promise<ServiceAddresses[Name]>;

/**
 * Database, queue and cluster of the files that take turns in one lane. Each is started at most
 * once, when the first file asks for it.
 */
export class LaneServices {
  private neo4j: Promise<EmbeddedNeo4j> | undefined;
  private redis: Promise<EmbeddedRedis> | undefined;
  private kubernetes: Promise<LabKubernetes> | undefined;

  private readonly starters: { readonly [Name in ServiceName]: Starter<Name> } = {
    neo4j: async () => {
      const { folder: dataDir, logger } = this;
      this.neo4j ??= startEmbeddedNeo4j({
        dataDir,
        logger,
        heap: '768m',
        pageCache: '128m',
        shortLived: true,
      });
      const { uri, user, password } = await this.neo4j;
      return { uri, user, password };
    },
    redis: async () => {
      this.redis ??= startEmbeddedRedis({ dataDir: this.folder, logger: this.logger });
      const { url } = await this.redis;
      return { url };
    },
    kubernetes: async () => {
      const used = this.kubernetes !== undefined;
      this.kubernetes ??= startKubernetes();
      const cluster = await this.kubernetes;
      // What the file before left behind: a file that was cut off could not have tidied up itself.
      if (used) await cluster.restore();
      return { kubeconfig: cluster.kubeconfig };
    },
  };

  constructor(
    private readonly folder: string,
    private readonly logger: Logger,
  ) {}

  async addressOf(name: ServiceName): Promise<object> {
    return await this.starters[name]();
  }

  async stop(): Promise<void> {
    const starts = [this.neo4j, this.redis, this.kubernetes].filter((start) => start !== undefined);
    // A start that failed has cleaned up after itself.
    const started = await Promise.allSettled<{ stop: () => Promise<void> }>(starts);
    const services = started.filter((start) => start.status === 'fulfilled');
    await Promise.all(services.map((service) => service.value.stop()));
  }
}
