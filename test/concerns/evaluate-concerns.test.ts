import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { concernsCurrent, evaluateConcerns } from '../../src/concerns/index.js';
import { migrate, record, type Graph } from '../../src/graph/index.js';
import { openTestGraph, type OpenedGraph } from '../graph/open-test-graph.js';
import { wipeGraph } from '../real/neo4j.js';
import { Estate, ground, machine } from './estate.js';

let estate: Estate;
let graph: Graph;

const cluster = (properties: { drsEnabled?: boolean; hostCount?: number }) =>
  record(
    'Cluster',
    'cluster-1',
    'plain',
    { dpmEnabled: false, drsEnabled: false, ...properties },
    {},
  );

async function concernsOf(externalId: string): Promise<string[]> {
  const rows = await estate.run(
    'MATCH (:VirtualMachine {id: $id})-[:HAS_CONCERN]->(c:Concern) RETURN c.id AS id ORDER BY id',
    { id: estate.id('VirtualMachine', externalId) },
  );
  return rows.map(({ id }) => String(id));
}

async function machineOf(externalId: string): Promise<Record<string, unknown>> {
  const [row] = await estate.run(
    'MATCH (vm:VirtualMachine {id: $id}) RETURN properties(vm) AS vm',
    {
      id: estate.id('VirtualMachine', externalId),
    },
  );
  return (row?.vm ?? {}) as Record<string, unknown>;
}

/** All that evaluations write, without the numbers of their batches. */
const written = (): Promise<Record<string, unknown>[]> =>
  estate.run(
    `MATCH (a)-[r:HAS_CONCERN|HELD_BY|OF|AT]->(b)
     RETURN a.id AS from, type(r) AS type, b.id AS to, properties(r) AS properties
     ORDER BY from, type, to`,
  );

let opened: OpenedGraph;

beforeAll(async () => {
  opened = await openTestGraph();
  graph = opened.graph;
  await wipeGraph();
  await migrate(graph);
});

beforeEach(async () => {
  await wipeGraph();
  estate = new Estate(opened.neo4j.driver);
  await estate.load([
    ...ground(),
    ...machine('vm-1'),
    ...machine('vm-2', { properties: { tpmPresent: true } }),
    ...machine('vm-3', { disks: [{ capacityBytes: 0 }], properties: { tpmPresent: true } }),
  ]);
  await evaluateConcerns(graph);
});

describe('readiness', () => {
  it('says what the gravest concern means for the migration', async () => {
    expect((await machineOf('vm-1')).readiness).toBe('ready');
    expect((await machineOf('vm-2')).readiness).toBe('readyWithWarnings');
    const blocked = await machineOf('vm-3');
    expect(blocked.readiness).toBe('blocked');
    expect(Number(blocked.blockingConcerns)).toBe(1);
    expect(Number(blocked.warningConcerns)).toBe(1);
    expect(blocked.blockers).toHaveLength(1);
  });

  it('is unknown with its reason where the source cannot reach the machine', async () => {
    await estate.load(machine('vm-1', { properties: { connectionState: 'inaccessible' } }));
    await evaluateConcerns(graph);
    const vm = await machineOf('vm-1');
    expect(vm.readiness).toBe('unknown');
    expect(vm.unknownBecause).toContain('inaccessible');
  });

  it('is unknown where no rule knows the source, and absent in a target cluster', async () => {
    const rhv = new Estate(opened.neo4j.driver, 'rhv', 'ovirt');
    const target = new Estate(opened.neo4j.driver, 'k8s', 'kubevirt');
    await rhv.load(machine('vm-1'));
    await target.load(machine('vm-1'));
    await evaluateConcerns(graph);
    const rows = await estate.run(
      `MATCH (vm:VirtualMachine) WHERE vm.source IN ['rhv', 'k8s']
       RETURN vm.source AS source, vm.readiness AS readiness ORDER BY source`,
    );
    expect(rows).toEqual([
      { source: 'k8s', readiness: null },
      { source: 'rhv', readiness: 'unknown' },
    ]);
  });
});

describe('an evaluation', () => {
  it('looks at nothing where nothing changed', async () => {
    const report = await evaluateConcerns(graph);
    expect(report).toMatchObject({ evaluated: 0, unchanged: 0 });
  });

  it('is told to be owed from a change until it has been done', async () => {
    expect(await concernsCurrent(graph, estate.source)).toBe(true);
    await estate.load(machine('vm-2'));
    expect(await concernsCurrent(graph, estate.source)).toBe(false);
    await evaluateConcerns(graph);
    expect(await concernsCurrent(graph, estate.source)).toBe(true);
    const target = new Estate(opened.neo4j.driver, 'k8s', 'kubevirt');
    await target.load(machine('vm-1'));
    expect(await concernsCurrent(graph, 'k8s')).toBe(true);
  });

  it('applies the rules to the machines that changed and to no other', async () => {
    await estate.load([
      ...machine('vm-2'),
      ...machine('vm-3', { properties: { tpmPresent: true } }),
    ]);
    const report = await evaluateConcerns(graph);
    expect(report.evaluated).toBe(2);
    expect(await concernsOf('vm-2')).toEqual([]);
    expect(await concernsOf('vm-3')).toEqual(['vmware.tpm.detected']);
  });

  it('follows a part that changed, appeared or vanished while the machine did not', async () => {
    const [, disk] = machine('vm-1', { disks: [{ rdm: true }] });
    await estate.load(disk === undefined ? [] : [disk]);
    expect((await evaluateConcerns(graph)).evaluated).toBe(1);
    expect(await concernsOf('vm-1')).toEqual(['vmware.disk.rdm.detected']);

    const usb = machine('vm-1', { devices: [{ deviceClass: 'usbController' }] });
    await estate.load(usb.filter(({ kind }) => kind === 'Device'));
    await evaluateConcerns(graph);
    expect(await concernsOf('vm-1')).toContain('vmware.usb_controller.detected');

    await estate.remove('Device', 'vm-1/Device-0');
    expect((await evaluateConcerns(graph)).evaluated).toBe(1);
    expect(await concernsOf('vm-1')).toEqual(['vmware.disk.rdm.detected']);
  });

  it('follows what rules read of a cluster, and does not mind its figures', async () => {
    await estate.load([cluster({ hostCount: 9 })]);
    expect(await evaluateConcerns(graph)).toMatchObject({ evaluated: 0, unchanged: 0 });
    await estate.load([cluster({ drsEnabled: true })]);
    expect((await evaluateConcerns(graph)).evaluated).toBe(3);
    expect(await concernsOf('vm-1')).toEqual(['vmware.drs.enabled']);
  });

  it('follows a datastore that vanishes and comes back', async () => {
    await estate.remove('Datastore', 'ds-1');
    expect((await evaluateConcerns(graph)).evaluated).toBe(3);
    expect(await concernsOf('vm-1')).toEqual(['vmware.datastore.missing']);
    await estate.load(ground());
    await evaluateConcerns(graph);
    expect(await concernsOf('vm-1')).toEqual([]);
  });

  it('frees a machine that left the group of a placement rule', async () => {
    const group = (members: readonly string[]) =>
      record(
        'DrsGroup',
        'g',
        'pinned',
        { groupType: 'vm' },
        {
          virtualMachines: members.map((externalId) => ({ kind: 'VirtualMachine', externalId })),
        },
      );
    const rule = record(
      'DrsRule',
      'r',
      'pin',
      { ruleType: 'vmHostAffinity', enabled: true },
      {
        vmGroup: { externalId: 'g' },
      },
    );
    await estate.load([group(['vm-1', 'vm-2']), rule]);
    await evaluateConcerns(graph);
    expect(await concernsOf('vm-1')).toEqual(['vmware.host_affinity.detected']);
    await estate.load([group(['vm-2'])]);
    await evaluateConcerns(graph);
    expect(await concernsOf('vm-1')).toEqual([]);
    await estate.remove('DrsRule', 'r');
    await evaluateConcerns(graph);
    expect(await concernsOf('vm-2')).toEqual(['vmware.tpm.detected']);
  });

  it('writes the same when everything is evaluated anew', async () => {
    const before = await written();
    const report = await evaluateConcerns(graph, { full: true });
    expect(report.evaluated).toBe(3);
    expect(await written()).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
  });

  it('keeps since when the concern persists and its facts change', async () => {
    const since =
      "MATCH (:VirtualMachine)-[c:HAS_CONCERN]->({id: 'vmware.disk.capacity.invalid'}) RETURN c.since AS since, c.facts AS facts";
    const [before] = await estate.run(since);
    await estate.load(machine('vm-3', { disks: [{ capacityBytes: -1 }] }));
    await evaluateConcerns(graph);
    const [after] = await estate.run(since);
    expect(after?.since).toBe(before?.since);
    expect(after?.facts).not.toBe(before?.facts);
  });

  it('removes causes and concerns that hold no machine any more', async () => {
    await estate.load([...machine('vm-2'), ...machine('vm-3')]);
    const report = await evaluateConcerns(graph);
    expect(report.removedCauses).toBe(3);
    expect(await estate.run('MATCH (n:Cause|Concern) RETURN n.id AS id')).toEqual([]);
  });

  it('finds the concerns of a machine again that was removed and came back as it was', async () => {
    await estate.remove('VirtualMachine', 'vm-3');
    const before = machine('vm-3', {
      disks: [{ capacityBytes: 0 }],
      properties: { tpmPresent: true },
    });
    await estate.load(before);
    expect((await evaluateConcerns(graph)).evaluated).toBe(1);
    expect(await concernsOf('vm-3')).toEqual([
      'vmware.disk.capacity.invalid',
      'vmware.tpm.detected',
    ]);
  });

  it('forgets a removed machine in its causes', async () => {
    await estate.remove('VirtualMachine', 'vm-3');
    await evaluateConcerns(graph);
    const rows = await estate.run('MATCH (c:Cause) RETURN c.rule AS rule');
    expect(rows).toEqual([{ rule: 'vmware.tpm.detected' }]);
  });

  it('forgets a source that is gone, and starts anew where it comes back', async () => {
    await estate.run('MATCH (n) WHERE n:Entity OR n:Source DETACH DELETE n');
    expect((await evaluateConcerns(graph)).removedCauses).toBe(3);
    expect(await estate.run('MATCH (n:EvaluatedPlace) RETURN n.id AS id')).toEqual([]);
    const again = new Estate(opened.neo4j.driver);
    await again.load([...ground(), ...machine('vm-1', { properties: { tpmPresent: true } })]);
    expect((await evaluateConcerns(graph)).evaluated).toBe(1);
    expect(await concernsOf('vm-1')).toEqual(['vmware.tpm.detected']);
  });

  it('goes on where it was cut off', async () => {
    const estateSize = 520;
    await estate.load(
      Array.from({ length: estateSize }, (_, index) =>
        machine(`m-${index}`, { properties: { tpmPresent: true }, guestNetworks: [], disks: [] }),
      ).flat(),
    );
    const stop = new AbortController();
    const cutOff = evaluateConcerns(graph, {
      signal: stop.signal,
      onProgress: () => {
        stop.abort(new Error('cut off'));
      },
    });
    await expect(cutOff).rejects.toThrow('cut off');
    const report = await evaluateConcerns(graph);
    expect(report.evaluated).toBe(estateSize - 500);
    expect(await concernsOf('m-99')).toContain('vmware.tpm.detected');
  });

  it('loses no change that came while it was cut off', async () => {
    const stop = new AbortController();
    stop.abort(new Error('cut off'));
    await estate.load(machine('vm-1', { properties: { tpmPresent: true } }));
    await expect(evaluateConcerns(graph, { signal: stop.signal })).rejects.toThrow('cut off');
    await estate.load(machine('vm-2'));
    expect((await evaluateConcerns(graph)).evaluated).toBe(2);
  });

  it('looks again at what a running sync changed, until the sync ends', async () => {
    await estate.load(machine('vm-1', { properties: { tpmPresent: true } }));
    const sync = { source: estate.source, number: estate.sync };
    await estate.run(
      "CREATE (:Sync {id: 's', source: $source, number: toInteger($number), status: 'running'})",
      sync,
    );
    expect((await evaluateConcerns(graph)).evaluated).toBe(1);
    estate.sync--;
    await estate.load(machine('vm-1', { properties: { tpmPresent: false } }));
    expect((await evaluateConcerns(graph)).evaluated).toBe(1);
    expect(await concernsOf('vm-1')).toEqual([]);
    expect(await evaluateConcerns(graph)).toMatchObject({ evaluated: 0, unchanged: 1 });
    await estate.run("MATCH (s:Sync) SET s.status = 'complete'");
    await evaluateConcerns(graph);
    expect(await evaluateConcerns(graph)).toMatchObject({ evaluated: 0, unchanged: 0 });
  });
});

describe('the cause of a shared disk', () => {
  it('is one for all machines on the file, snapshots included', async () => {
    const shared = { shared: true, file: '[one] q/q.vmdk' };
    const delta = { shared: true, file: '[one] q/q-000002.vmdk' };
    await estate.load([
      ...machine('vm-1', { disks: [{}, shared] }),
      ...machine('vm-2', { disks: [shared] }),
      ...machine('vm-3', { disks: [delta] }),
    ]);
    await evaluateConcerns(graph);
    const rows = await estate.run(
      `MATCH (vm)-[:HELD_BY]->(cause:Cause {rule: 'vmware.disk.shared.detected'})-[:AT]->(disk:Disk)
       RETURN cause.id AS cause, disk.id AS at, count(vm) AS machines`,
    );
    expect(rows).toHaveLength(1);
    expect(Number(rows[0]?.machines)).toBe(3);
    expect(rows[0]?.at).toBe(estate.id('Disk', 'vm-1/disk-1'));
  });
});
