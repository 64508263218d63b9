import {
  clusterConfiguration,
  connectCluster,
  type Cluster,
  type KubeconfigPolicy,
} from '../kubernetes/index.js';
import type { Connections, ImporterCredentials, SourceControl } from './ports.js';
import { openVsphereSource } from './vsphere-source.js';

/** One end of a source that is open: what the executor does with it, and what an importer needs. */
export interface OpenSource {
  readonly control: SourceControl;
  readonly importer: ImporterCredentials;
}

export interface ConnectionOptions {
  /**
   * The configuration of a source as a person entered it, secrets opened. Called whenever a
   * connection is made; nothing of it is kept or logged.
   */
  openCredentials(sourceId: string): Promise<unknown>;
  /** What an entered kubeconfig may make this server do. @default nothing */
  readonly kubeconfigPolicy?: KubeconfigPolicy;
}

/**
 * Connections of one worker, made when first needed and shared by all its turns, so that a source
 * sees one session of the worker however many machines it handles.
 */
export function openConnections(options: ConnectionOptions): Connections {
  const sources = new SharedMap(async (id, signal) =>
    openVsphereSource(id, await options.openCredentials(id), signal),
  );
  const clusters = new SharedMap(async (id): Promise<Cluster> =>
    connectCluster(
      clusterConfiguration.parse(await options.openCredentials(id)),
      options.kubeconfigPolicy,
    ),
  );
  return {
    source: async (id, signal) => (await sources.get(id, signal)).control,
    importerCredentials: async (id, signal) => (await sources.get(id, signal)).importer,
    cluster: (id, signal) => clusters.get(id, signal),
    async close() {
      await sources.drain((source) => source.control.close());
      await clusters.drain((cluster) => cluster.close());
    },
  };
}

/** Values that are made once and shared; one whose making failed is made again when asked for. */
class SharedMap<Value> {
  private readonly made = new Map<string, Promise<Value>>();

  constructor(private readonly make: (id: string, signal: AbortSignal) => Promise<Value>) {}

  get(id: string, signal: AbortSignal): Promise<Value> {
    const known = this.made.get(id);
    if (known !== undefined) return known;
    // The first turn to ask must not take the others down with it when it is called off.
    const making = this.make(id, AbortSignal.timeout(makingMs));
    signal.throwIfAborted();
    this.made.set(id, making);
    making.catch(() => this.made.delete(id));
    return making;
  }

  async drain(end: (value: Value) => Promise<void>): Promise<void> {
    const values = [...this.made.values()];
    this.made.clear();
    await Promise.allSettled(values.map(async (value) => end(await value)));
  }
}

const makingMs = 60_000;
