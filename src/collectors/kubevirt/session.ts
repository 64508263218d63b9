import {
  resources,
  type Cluster,
  type KnownVersions,
  type ResourceName,
} from '../../kubernetes/index.js';
import { Companions } from './companions.js';

/** One connection to a target, with what reads of one object need of others. */
export class KubevirtSession {
  readonly companions: Companions;
  /** Versions of every object of a resource that this session read from its first page on. */
  readonly known = new Map<ResourceName, KnownVersions>();
  private readonly served = new Map<ResourceName, Promise<boolean>>();

  constructor(readonly cluster: Cluster) {
    this.companions = new Companions(cluster);
  }

  /** Whether the cluster knows the resource; asked once in a session. */
  serves(resource: ResourceName, signal: AbortSignal): Promise<boolean> {
    const known = this.served.get(resource);
    if (known !== undefined) return known;
    const answer = this.cluster.serves(resources[resource], signal);
    this.served.set(resource, answer);
    answer.catch(() => this.served.delete(resource));
    return answer;
  }
}
