import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { vsphereConfiguration } from '../../src/collectors/vsphere/configuration.js';
import { retrieve } from '../../src/collectors/vsphere/property-collector.js';
import { VimClient } from '../../src/collectors/vsphere/vim-client.js';
import {
  startMigration,
  type Connections,
  type SourceControl,
  type WorkOrder,
} from '../../src/executor/index.js';
import type { Graph } from '../../src/graph/index.js';
import type { Cluster } from '../../src/kubernetes/index.js';
import { labBinary } from '../lab/lab-binary.js';
import { startVcsim, type Vcsim } from '../lab/vcsim.js';
import {
  labConnections,
  labCredentials,
  labSource,
  labTarget,
  type LabAddresses,
} from './lab-connections.js';
import { makeNamespace, planOf, preparedGraph, type GraphAddress } from './migration-lab.js';
import { workOrderOf, type OrderChanges } from './work-order-of.js';

type StageOrder = OrderChanges & { readonly toolsRunning?: boolean };

/** Both ends of a migration and all between, real but for the disks. */
export interface Stage {
  readonly graph: Graph;
  readonly redisUrl: string;
  readonly vcsim: Vcsim;
  readonly source: SourceControl;
  readonly cluster: Cluster;
  readonly connections: Connections;
  readonly signal: AbortSignal;
  /** An order for the next machine of the simulator that no test has used, in a namespace of its own. */
  order(changes?: StageOrder): Promise<WorkOrder>;
  /** Lets the guest agents of all machines run. */
  startAgents(): Promise<void>;
  /** What another process needs to reach the same parts. */
  readonly addresses: LabAddresses & { readonly neo4j: GraphAddress; readonly redisUrl: string };
  /** References of the source machines that are powered on now. */
  poweredOn(): Promise<ReadonlySet<string>>;
  startBlocked(order: WorkOrder): Promise<string>;
  close(): Promise<void>;
}

export interface StageParts {
  readonly neo4j: GraphAddress;
  readonly redisUrl: string;
  readonly kubeconfigPath: string;
  readonly machines: number;
}

async function machineReferences(vcsim: Vcsim): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    await labBinary('govc'),
    ['find', '-i', '/', '-type', 'm'],
    { env: { ...process.env, ...vcsim.govcEnvironment } },
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.replace('VirtualMachine:', ''));
}

async function observer(addresses: LabAddresses, signal: AbortSignal): Promise<VimClient> {
  const client = new VimClient(vsphereConfiguration.parse(labCredentials(addresses, labSource)));
  await client.connect(signal);
  await client.login(signal);
  return client;
}

async function poweredOn(
  client: VimClient,
  references: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const objects = references.map((value) => ({ type: 'VirtualMachine', value }));
  const filter = { paths: { VirtualMachine: ['runtime.powerState'] }, objects, steps: [] };
  const page = await retrieve(client, filter, references.length, signal);
  return new Set(
    page.objects
      .filter(({ propSet }) => propSet.some(({ val }) => val === 'poweredOn'))
      .map(({ obj }) => obj.value),
  );
}

async function setAgent(vcsim: Vcsim, machine: string, running: boolean): Promise<void> {
  const state = running ? 'guestToolsRunning' : 'guestToolsNotRunning';
  await vcsim.admin.setProperties('VirtualMachine', machine, {
    'guest.toolsRunningStatus': `<val xsi:type="xsd:string">${state}</val>`,
  });
}

export async function openStage(options: StageParts): Promise<Stage> {
  const { neo4j, redisUrl, kubeconfigPath, machines } = options;
  const graph = await preparedGraph(neo4j);
  const vcsim = await startVcsim({
    clusters: 1,
    hosts: 1,
    standaloneHosts: 0,
    machines,
    shutdownDelayMs: 200,
  });
  const { host, username, password, sha256 } = vcsim;
  const addresses = {
    neo4j,
    redisUrl,
    kubeconfigPath,
    vcsim: { host, username, password, sha256 },
  };
  const { signal } = new AbortController();
  const connections = labConnections(addresses);
  const cluster = await connections.cluster(labTarget, signal);
  const source = await connections.source(labSource, signal);
  const references = await machineReferences(vcsim);
  const unused = [...references];
  const looking = await observer(addresses, signal);
  return {
    graph,
    redisUrl,
    vcsim,
    source,
    cluster,
    connections,
    signal,
    addresses,
    async startAgents() {
      for (const reference of references) await setAgent(vcsim, reference, true);
    },
    poweredOn: () => poweredOn(looking, references, signal),
    async order({ toolsRunning = true, ...changes } = {}) {
      const externalId = unused.shift();
      if (externalId === undefined) throw new Error('the simulator has no machine left');
      await setAgent(vcsim, externalId, toolsRunning);
      const machine = await source.machine(externalId, signal);
      if (machine === undefined) throw new Error(`the simulator lost ${externalId}`);
      return workOrderOf(
        machine,
        {
          plan: changes.plan ?? `plan-${randomUUID()}`,
          sourceId: labSource,
          targetId: labTarget,
          namespace: changes.namespace ?? (await makeNamespace(cluster, 'migration')),
          externalId,
          sourceUrl: vcsim.url,
          host: 'vcsim/Host/host-1',
          datastores: ['vcsim/Datastore/datastore-1'],
        },
        changes,
      );
    },
    startBlocked: (order) =>
      startMigration(graph, planOf([order], ['a critical concern']), { name: 'tester' }),
    async close() {
      await looking.close();
      await connections.close();
      await vcsim.stop();
      await graph.close();
    },
  };
}
