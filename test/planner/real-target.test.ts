import { beforeAll, describe, expect, it } from 'vitest';
import { migrate, type AnyRecord, type Graph } from '../../src/graph/index.js';
import { clusterConfiguration, resources } from '../../src/kubernetes/index.js';
import {
  createPlanFromSearch,
  listPlannedMachines,
  validatePlan,
  type Plan,
} from '../../src/planner/index.js';
import { parseSearch } from '../../src/search/index.js';
import { readWhole, recordsOf } from '../collectors/kubevirt/read-whole.js';
import { openTestGraph } from '../graph/open-test-graph.js';
import { newNamespace, realCluster, type RealCluster } from '../kubernetes/real-cluster.js';
import { eventually } from '../lab/eventually.js';
import { targetVlans } from '../lab/target-estate.js';
import { wipeGraph } from '../real/neo4j.js';
import { PlannedEstate, soundMachine, sourceGround } from './planned-estate.js';

let real: RealCluster;
let graph: Graph;
let namespace: string;
let limited: string;

const guests = [
  { guestId: 'rhel9_64Guest', guestName: 'Red Hat Enterprise Linux 9 (64-bit)', osFamily: 'linux' },
  { guestId: 'windows2022srvNext_64Guest', guestName: 'Microsoft Windows Server 2022 (64-bit)' },
  {
    guestId: 'ubuntu64Guest',
    guestName: 'Ubuntu Linux (64-bit)',
    firmware: 'efi',
    secureBoot: true,
  },
];

/** Machines of three systems with one to three disks, on the first VLAN of the target. */
function fleet(size: number): AnyRecord[] {
  return Array.from({ length: size }, (_, index) =>
    soundMachine(`vm-${index}`, {
      name: index % 10 === 0 ? `App Server ${index}` : `app-${index}`,
      disks: Array.from({ length: (index % 3) + 1 }, () => ({ capacityBytes: 20 * 2 ** 30 })),
      nics: [{ network: 'net-1', mac: `02:50:56:00:00:${index.toString(16).padStart(2, '0')}` }],
      properties: { memoryMB: 2048, cpuCount: (index % 4) + 1, ...guests[index % guests.length] },
    }),
  ).flat();
}

beforeAll(async () => {
  real = await realCluster();
  namespace = await newNamespace('planned');
  limited = await newNamespace('limited');
  await real.cluster.apply(resources.resourceQuota, {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'no-machines', namespace: limited },
    spec: { hard: { 'count/virtualmachines.kubevirt.io': '0' } },
  });
  await eventually('the quota is in force', async () => {
    const name = { name: 'no-machines', namespace: limited };
    const quota = await real.cluster.get(resources.resourceQuota, name);
    return JSON.stringify(quota?.status ?? {}).includes('hard');
  });
  const opened = await openTestGraph();
  graph = opened.graph;
  await migrate(graph);
  await wipeGraph();
  const configuration = clusterConfiguration.parse({ kubeconfigPath: real.kubeconfigPath });
  const target = new PlannedEstate(opened.neo4j.driver, 'kv', 'kubevirt');
  await target.load(recordsOf((await readWhole(configuration)).objects));
  const source = new PlannedEstate(opened.neo4j.driver, 'vc', 'vsphere');
  const ground = sourceGround().map((record) =>
    record.kind === 'Network' && record.externalId === 'net-1'
      ? { ...record, properties: { ...record.properties, vlanId: targetVlans[0] } }
      : record,
  );
  await source.load([...ground, ...fleet(200)]);
});

const planOf = (text: string, place = namespace): Promise<Plan> =>
  createPlanFromSearch(
    graph,
    { name: `all of ${place}: ${text}`, search: parseSearch(text), target: 'kv', namespace: place },
    'ada',
  );

describe('a plan for a real target', { timeout: 180_000 }, () => {
  it('of 200 machines is ready once the target itself admits every one of them', async () => {
    const plan = await planOf("vms where source = 'vc'");
    expect(plan.machineCount).toBe(200);
    const validated = await validatePlan(graph, plan.id, { cluster: real.cluster, by: 'ada' });
    const blockers = (await listPlannedMachines(graph, plan.id, { limit: 200 })).flatMap(
      ({ findings }) => findings.filter(({ severity }) => severity === 'blocker'),
    );
    expect([...validated.findings, ...blockers]).toEqual([]);
    expect(validated).toMatchObject({ state: 'ready', openBlockers: 0 });
  });

  it('shows what the target refuses, in its own words', async () => {
    const plan = await planOf("vms where name = 'app-1'", limited);
    const ask = { cluster: real.cluster, by: 'ada' };
    let validated = await validatePlan(graph, plan.id, ask);
    // The API server's own view of a new quota lags a little behind what it answers.
    await eventually('the quota is held to', async () => {
      validated = await validatePlan(graph, plan.id, ask);
      const [refused] = await listPlannedMachines(graph, plan.id);
      return refused?.findings.some(({ id }) => id === 'machine.admission.refused') === true;
    });
    const [machine] = await listPlannedMachines(graph, plan.id);
    expect(validated.state).toBe('validated');
    expect(machine?.findings).toContainEqual(
      expect.objectContaining({
        id: 'machine.admission.refused',
        why: expect.stringContaining('quota: no-machines') as string,
      }),
    );
    expect(validated.findings.map(({ id }) => id)).toEqual(['plan.quota.exceeded']);
  });
});
