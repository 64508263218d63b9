import { migrate, record, type AnyRecord, type Graph } from '../../src/graph/index.js';
import { createPlanFromSearch, validatePlan, type Plan } from '../../src/planner/index.js';
import type { AdmittingCluster } from '../../src/planner/validation/admission.js';
import { parseSearch } from '../../src/search/index.js';
import { Estate, ground, machine, type MachineSpec } from '../concerns/estate.js';
import { openTestGraph } from '../graph/open-test-graph.js';
import { wipeGraph } from '../real/neo4j.js';

export const gibibyte = 2 ** 30;

/** What a target of plans has: nodes, storage, networks, and the namespace `migrated`. */
export function targetRecords(namespace = 'migrated'): AnyRecord[] {
  const cluster = { cluster: { kind: 'KubernetesCluster', externalId: 'cluster' } } as const;
  const attachment = (name: string, vlanId: number): AnyRecord =>
    record(
      'NetworkAttachment',
      `default/${name}`,
      name,
      { pluginType: 'cnv-bridge', bridge: 'br-prod', vlanId },
      { namespace: { kind: 'Namespace', externalId: 'default' } },
    );
  return [
    record(
      'KubernetesCluster',
      'cluster',
      'lab',
      { version: 'v1.34.2', kubevirtVersion: 'v1.7.0', cdiVersion: 'v1.62.0' },
      {},
    ),
    record('Namespace', 'default', 'default', { phase: 'Active' }, cluster),
    record('Namespace', namespace, namespace, { phase: 'Active' }, cluster),
    record(
      'Node',
      'worker-a',
      'worker-a',
      {
        ready: true,
        schedulable: true,
        kvm: true,
        architecture: 'amd64',
        cpuAllocatableMillis: 512_000,
        memoryAllocatableBytes: 4096 * gibibyte,
        cpuRequestedMillis: 0,
        memoryRequestedBytes: 0,
      },
      cluster,
    ),
    record(
      'StorageClass',
      'ceph-block',
      'ceph-block',
      { isVirtDefault: true, claimPropertySets: ['ReadWriteMany/Block'] },
      cluster,
    ),
    record(
      'StorageClass',
      'local',
      'local',
      { claimPropertySets: ['ReadWriteOnce/Filesystem'] },
      cluster,
    ),
    attachment('vlan-100', 100),
    attachment('vlan-200', 200),
    record(
      'InstanceType',
      'u1.large',
      'u1.large',
      { clusterWide: true, cpuGuest: 2, memoryGuestBytes: 4 * gibibyte },
      {},
    ),
    record('Preference', 'rhel.9', 'rhel.9', { clusterWide: true }, {}),
  ];
}

/** A vSphere source with networks on VLAN 100 and 200 and one that no VLAN tells apart. */
export const sourceGround = (): AnyRecord[] => [
  ...ground().filter(({ externalId }) => externalId !== 'net-1'),
  record('Network', 'net-1', 'front', { vlanId: 100, vlanType: 'access' }, {}),
  record('Network', 'net-2', 'back', { vlanId: 200, vlanType: 'access' }, {}),
  record('Network', 'net-3', 'Entwicklung', {}, {}),
];

/** A sound machine with one adapter on VLAN 100. */
export const soundMachine = (externalId: string, spec: MachineSpec = {}): AnyRecord[] =>
  machine(externalId, {
    nics: [{ network: 'net-1', mac: `00:50:56:00:00:${externalId.slice(-2).padStart(2, '0')}` }],
    ...spec,
  });

/** An estate whose entities also carry what their source calls them, which plans show. */
export class PlannedEstate extends Estate {
  override async load(records: readonly AnyRecord[]): Promise<void> {
    await super.load(records);
    await this.run(
      `MATCH (n:Entity {source: $source}) WHERE n.externalId IS NULL
       SET n.externalId = substring(n.id, size(n.source) + size(n.kind) + 2)`,
      { source: this.source },
    );
  }
}

/** Stands in for a target that admits everything; the real one is asked in a test of its own. */
export const admitsAll: AdmittingCluster = {
  apply: (_resource, object) =>
    Promise.resolve({ ...object, metadata: { ...object.metadata, labels: {}, annotations: {} } }),
};

/** A graph with a target and a source of three sound machines, and short ways to plan them. */
export class PlanningStage {
  private constructor(
    readonly graph: Graph,
    readonly source: PlannedEstate,
    readonly target: PlannedEstate,
  ) {}

  static async open(): Promise<PlanningStage> {
    const { graph, neo4j } = await openTestGraph();
    await migrate(graph);
    return new PlanningStage(
      graph,
      new PlannedEstate(neo4j.driver, 'vc', 'vsphere'),
      new PlannedEstate(neo4j.driver, 'kv', 'kubevirt'),
    );
  }

  async reset(): Promise<void> {
    await wipeGraph();
    await this.target.load(targetRecords());
    await this.source.load([
      ...sourceGround(),
      ...soundMachine('vm-1', { name: 'web-1' }),
      ...soundMachine('vm-2', { name: 'Web_2 (old)' }),
      ...soundMachine('vm-3', { name: 'db', properties: { memoryMB: 16_384 } }),
    ]);
  }

  plan(
    text = "vms where source = 'vc'",
    more: Partial<Parameters<typeof createPlanFromSearch>[1]> = {},
  ): Promise<Plan> {
    const search = parseSearch(text);
    const request = { name: 'wave 1', search, target: 'kv', namespace: 'migrated', ...more };
    return createPlanFromSearch(this.graph, request, 'ada');
  }

  validate(plan: Plan): Promise<Plan> {
    return validatePlan(this.graph, plan.id, { cluster: admitsAll, by: 'ada' });
  }
}
