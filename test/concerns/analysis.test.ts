import { beforeAll, describe, expect, it } from 'vitest';
import {
  evaluateConcerns,
  findSimilar,
  rankCauses,
  similarGroups,
  whatIf,
} from '../../src/concerns/index.js';
import { migrate, record, type Graph } from '../../src/graph/index.js';
import { openTestGraph } from '../graph/open-test-graph.js';
import { wipeGraph } from '../real/neo4j.js';
import { Estate, ground, machine, type MachineSpec } from './estate.js';

let estate: Estate;
let graph: Graph;

const vm = (externalId: string): string => estate.id('VirtualMachine', externalId);

const lost = { datastore: null, file: '[old san] a/a.vmdk' };
const gone = { datastore: null, file: '[other] a/a.vmdk' };
const gpu = { deviceClass: 'pciPassthrough', vendorId: '10de', deviceId: '20b5' };
const rare: MachineSpec = {
  properties: { guestId: 'windows2019srv_64Guest', guestName: 'Windows Server 2019', cpuCount: 64 },
  nics: [{ model: 'vmxnet3', network: 'net-2' }],
  tags: ['erp'],
};

beforeAll(async () => {
  const opened = await openTestGraph();
  graph = opened.graph;
  await wipeGraph();
  await migrate(graph);
  estate = new Estate(opened.neo4j.driver);
  await estate.load([
    ...ground(),
    record('Network', 'net-2', 'back', {}, {}),
    record('Tag', 'erp', 'ERP', { category: 'application' }, {}),
    ...machine('lost-1', { disks: [lost] }),
    ...machine('lost-2', { disks: [lost, lost] }),
    ...machine('lost-3', { disks: [lost, gone] }),
    ...machine('gpu-1', { devices: [gpu] }),
    ...machine('both-1', { devices: [gpu], disks: [lost], properties: { tpmPresent: true } }),
    ...machine('both-2', {
      devices: [gpu],
      disks: [lost],
      properties: { connectionState: 'inaccessible' },
    }),
    ...machine('full-1', { fileSystems: [{ path: '/', freeBytes: 0 }] }),
    ...machine('erp-1', rare),
    ...machine('erp-2', rare),
    ...machine('erp-3', { ...rare, tags: [] }),
    ...machine('plain-1'),
  ]);
  await evaluateConcerns(graph);
});

describe('rankCauses', () => {
  it('puts first what frees most machines, and counts what each frees after it', async () => {
    const { causes, heldMachines, causeCount } = await rankCauses(graph);
    expect(
      causes.map(({ rule, holds, freesAlone, frees, freesCumulative }) => [
        rule,
        holds,
        freesAlone,
        frees,
        freesCumulative,
      ]),
    ).toEqual([
      ['vmware.datastore.missing', 5, 2, 2, 2],
      ['vmware.passthrough_device.detected', 3, 1, 3, 5],
      ['vmware.datastore.missing', 1, 0, 1, 6],
      ['vmware.guestDisks.freespace', 1, 1, 1, 7],
    ]);
    expect([heldMachines, causeCount]).toEqual([7, 4]);
    expect(causes[0]).toMatchObject({
      label: 'Make datastore old san available to plain',
      at: estate.id('Cluster', 'cluster-1'),
      atKind: 'Cluster',
      place: 'plain',
      category: 'Critical',
    });
  });

  it('counts only the machines that are selected, by ids or by a filter', async () => {
    const byIds = await rankCauses(graph, { where: { ids: [vm('gpu-1'), vm('plain-1'), 'no'] } });
    expect(byIds).toMatchObject({ heldMachines: 1, causeCount: 1 });
    const byFilter = await rankCauses(graph, {
      where: {
        filter: { type: 'compare', path: ['name'], comparison: 'startsWith', value: 'lost-' },
      },
    });
    expect(byFilter.causes.map(({ holds, frees }) => [holds, frees])).toEqual([
      [3, 2],
      [1, 1],
    ]);
  });

  it('counts warnings too where it is asked to', async () => {
    const where = { ids: [vm('both-1')] };
    const blockers = await rankCauses(graph, { where });
    const all = await rankCauses(graph, { where, includeWarnings: true });
    expect([blockers.causeCount, all.causeCount]).toEqual([2, 3]);
  });

  it('refuses a limit that is out of range', async () => {
    await expect(rankCauses(graph, { limit: 0 })).rejects.toThrow('from 1 to 1000');
  });

  it('follows an evaluation, machines that were removed included', async () => {
    await estate.load(machine('late', { devices: [gpu], disks: [{ capacityBytes: 0 }] }));
    await evaluateConcerns(graph);
    expect((await rankCauses(graph)).heldMachines).toBe(8);
    await estate.remove('VirtualMachine', 'late');
    await evaluateConcerns(graph);
    expect((await rankCauses(graph)).heldMachines).toBe(7);
  });
});

describe('the views that analyses share', () => {
  it('show an evaluation to who asks after it, while others are waiting too', async () => {
    await estate.load(machine('late', { disks: [{ capacityBytes: 0 }] }));
    const waiting = rankCauses(graph);
    await evaluateConcerns(graph);
    const [, after, again] = await Promise.all([waiting, rankCauses(graph), rankCauses(graph)]);
    expect([after.heldMachines, again.heldMachines]).toEqual([8, 8]);
    await estate.remove('VirtualMachine', 'late');
    await evaluateConcerns(graph);
  });

  it('cost one look at the last evaluation while nothing was evaluated', async () => {
    await rankCauses(graph);
    const before = graph.sentQueries;
    await rankCauses(graph);
    expect(graph.sentQueries - before).toBe(2);
  });
});

describe('whatIf', () => {
  const oldSan = async (): Promise<string> => (await rankCauses(graph)).causes[0]?.id ?? '';

  it('changes nothing where nothing is fixed', async () => {
    const { before, after, newlyReady } = await whatIf(graph);
    expect(after).toEqual(before);
    expect(before).toEqual({ ready: 4, readyWithWarnings: 0, blocked: 7, unknown: 0 });
    expect(newlyReady).toEqual({ total: 0, machines: [], hasMore: false });
  });

  it('counts what is ready after a cause is fixed and a rule waived', async () => {
    const result = await whatIf(graph, {
      fixedCauses: [await oldSan()],
      waivedRules: ['vmware.passthrough_device.detected'],
    });
    expect(result.after).toEqual({ ready: 7, readyWithWarnings: 1, blocked: 2, unknown: 1 });
    expect(result.newlyReady.machines).toEqual(['both-1', 'gpu-1', 'lost-1', 'lost-2'].map(vm));
    expect(result.remainingBlockers.map(({ rule, machines }) => [rule, machines])).toEqual([
      ['vmware.datastore.missing', 1],
      ['vmware.guestDisks.freespace', 1],
    ]);
  });

  it('agrees with the evaluation once the cause is really fixed', async () => {
    const fixed = machine('full-1', { fileSystems: [{ path: '/', freeBytes: 2 ** 40 }] });
    const { causes } = await rankCauses(graph, { where: { ids: [vm('full-1')] } });
    const expected = await whatIf(graph, { fixedCauses: causes.map(({ id }) => id) });
    await estate.load(fixed);
    await evaluateConcerns(graph);
    const { before } = await whatIf(graph);
    expect(before).toEqual(expected.after);
    await estate.load(machine('full-1', { fileSystems: [{ path: '/', freeBytes: 0 }] }));
    await evaluateConcerns(graph);
  });

  it('gives the freed machines page by page', async () => {
    const waivedRules = ['vmware.datastore.missing', 'vmware.passthrough_device.detected'];
    const first = await whatIf(graph, { waivedRules, limit: 3 });
    const after = first.newlyReady.machines.at(-1) ?? '';
    const second = await whatIf(graph, { waivedRules, limit: 3, after });
    expect(first.newlyReady).toMatchObject({ total: 5, hasMore: true });
    expect(second.newlyReady).toMatchObject({ total: 5, hasMore: false });
    const all = [...first.newlyReady.machines, ...second.newlyReady.machines];
    expect(all).toEqual(['both-1', 'gpu-1', 'lost-1', 'lost-2', 'lost-3'].map(vm));
  });

  it('refuses a rule and a cause that do not exist', async () => {
    await expect(whatIf(graph, { waivedRules: ['vmware.none'] })).rejects.toThrow('no such rule');
    await expect(whatIf(graph, { fixedCauses: ['none'] })).rejects.toThrow('no such cause');
  });
});

describe('findSimilar', () => {
  it('gives 1 to a machine with the same features and says which they are', async () => {
    const [first, second] = await findSimilar(graph, { to: vm('erp-1') });
    expect(first).toMatchObject({ id: vm('erp-2'), name: 'erp-2', missing: [], additional: [] });
    expect(first?.score).toBeCloseTo(1, 9);
    const shared = new Map(first?.shared.map(({ group, label }) => [group, label]));
    expect(shared.get('tag')).toBe('ERP');
    expect(shared.get('network')).toBe('back');
    expect(shared.get('operatingSystem')).toBe('windows2019srv_64Guest');
    expect(second?.id).toBe(vm('erp-3'));
    expect(second?.missing.map(({ group }) => group)).toEqual(['tag']);
    expect(second?.score).toBeLessThan(1);
  });

  it('weighs what few machines share more than what all have', async () => {
    const [best] = await findSimilar(graph, { to: vm('lost-1') });
    expect(best?.shared[0]).toMatchObject({ group: 'cause' });
    const weights = best?.shared.map(({ weight }) => weight) ?? [];
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  });

  it('scores as the definition of weighted Jaccard does, in its order', async () => {
    const found = await findSimilar(graph, { to: vm('both-1'), limit: 500 });
    expect(found.length).toBeGreaterThan(5);
    for (const { score, shared, missing, additional } of found) {
      const sum = (features: typeof shared): number =>
        features.reduce((total, { weight }) => total + weight, 0);
      expect(score).toBeCloseTo(sum(shared) / (sum(shared) + sum(missing) + sum(additional)), 9);
    }
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    const best = await findSimilar(graph, { to: vm('both-1'), limit: 3 });
    expect(best).toEqual(found.slice(0, 3));
  });

  it('compares with what several machines have in common and leaves them out', async () => {
    const to = [vm('lost-1'), vm('lost-2')];
    const found = await findSimilar(graph, { to });
    expect(found.map(({ id }) => id)).not.toContain(to[0]);
    expect(found[0]?.id).toBe(vm('lost-3'));
  });

  it('stays within the selection', async () => {
    const where = { ids: [vm('plain-1'), vm('gpu-1')] };
    const found = await findSimilar(graph, { to: vm('erp-1'), where });
    expect(found.map(({ id }) => id).sort()).toEqual([vm('gpu-1'), vm('plain-1')]);
  });

  it('refuses a machine that was never evaluated', async () => {
    await expect(findSimilar(graph, { to: 'none' })).rejects.toThrow('nothing to compare with');
  });
});

describe('similarGroups', () => {
  it('groups machines by exactly the same concerns', async () => {
    const groups = await similarGroups(graph);
    expect(groups).toEqual([
      {
        rules: ['vmware.datastore.missing'],
        size: 3,
        machines: ['lost-1', 'lost-2', 'lost-3'].map(vm),
      },
    ]);
    const blocking = await similarGroups(graph, { categories: ['Critical'], members: 1 });
    expect(blocking.map(({ size, machines }) => [size, machines.length])).toEqual([
      [3, 1],
      [2, 1],
    ]);
  });
});
