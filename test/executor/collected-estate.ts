import { SyncEngine } from '../../src/collectors/engine/index.js';
import { kubevirtCollector } from '../../src/collectors/kubevirt/index.js';
import { SourceRegistry } from '../../src/collectors/sources/index.js';
import { vsphereCollector } from '../../src/collectors/vsphere/collector.js';
import {
  createPlanFromSearch,
  listPlannedMachines,
  updateNetworkMapping,
  updateStorageMapping,
  validatePlan,
  waiveFinding,
  type Plan,
  type PlanOptionsInput,
} from '../../src/planner/index.js';
import { parseSearch } from '../../src/search/index.js';
import { labCredentials, labSource, labTarget } from './lab-connections.js';
import type { Stage } from './stage.js';

/** Reads both ends of the stage into the graph, as a user would before planning. */
export async function collectBothEnds({ graph, addresses }: Stage): Promise<void> {
  const registry = new SourceRegistry(graph);
  const engine = new SyncEngine({ graph });
  const ends = [
    { source: labSource, kind: 'vsphere', collector: vsphereCollector },
    { source: labTarget, kind: 'kubevirt', collector: kubevirtCollector },
  ] as const;
  for (const { source, kind, collector } of ends) {
    await registry.save({ id: source, name: source, kind });
    const configuration = collector.configuration.parse(labCredentials(addresses, source));
    const { status } = await engine.sync({ source, collector, configuration });
    if (status !== 'complete') throw new Error(`reading ${source} ended as ${status}`);
  }
}

/**
 * A plan for what the search finds, mapped to the pod network and to shared storage, with every
 * blocker waived that somebody may answer for: the simulator's machines are not like real ones.
 */
export async function readyPlan(
  stage: Stage,
  request: {
    readonly search: string;
    readonly namespace: string;
    readonly options?: PlanOptionsInput;
  },
): Promise<Plan> {
  const { graph, cluster } = stage;
  const by = 'tester';
  const { search, namespace, options = {} } = request;
  const { id, networks, storage } = await createPlanFromSearch(
    graph,
    { name: `to ${namespace}`, search: parseSearch(search), target: labTarget, namespace, options },
    by,
  );
  for (const { source } of networks) {
    await updateNetworkMapping(graph, id, { source, destination: { type: 'pod' } }, by);
  }
  for (const { source } of storage) {
    const destination = { storageClass: 'ceph-rbd' };
    await updateStorageMapping(graph, id, { source, destination }, by);
  }
  const plan = await validatePlan(graph, id, { cluster, by });
  return plan.openBlockers === 0 ? plan : waiveBlockers(stage, plan, by);
}

async function waiveBlockers({ graph, cluster }: Stage, plan: Plan, by: string): Promise<Plan> {
  const machines = await listPlannedMachines(graph, plan.id, { limit: 1000 });
  const reason = 'a machine of the simulator';
  for (const finding of plan.findings) {
    if (finding.severity === 'blocker' && finding.waivable) {
      await waiveFinding(graph, plan.id, { finding: finding.id, reason }, by);
    }
  }
  for (const { entity, findings } of machines) {
    for (const finding of findings) {
      if (finding.severity === 'blocker' && finding.waivable) {
        await waiveFinding(graph, plan.id, { finding: finding.id, machine: entity, reason }, by);
      }
    }
  }
  return validatePlan(graph, plan.id, { cluster, by });
}
