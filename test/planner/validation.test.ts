import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { record, type Graph } from '../../src/graph/index.js';
import {
  exportPlanYaml,
  findPlannedMachine,
  planForRun,
  revokeWaiver,
  validatePlan,
  waiveFinding,
  type Plan,
} from '../../src/planner/index.js';
import { PlanningStage, soundMachine, targetRecords } from './planned-estate.js';

let stage: PlanningStage;
let graph: Graph;

beforeAll(async () => {
  stage = await PlanningStage.open();
  graph = stage.graph;
});

beforeEach(() => stage.reset());

const by = 'ada';

const findingsOf = async (plan: Plan, machine: string): Promise<string[]> =>
  (await findPlannedMachine(graph, plan.id, machine)).findings.map(({ id }) => id);

describe('the validation of a plan', () => {
  it('makes a sound plan ready', async () => {
    const plan = await stage.validate(await stage.plan());
    expect(plan).toMatchObject({ state: 'ready', openBlockers: 0 });
    expect(await findingsOf(plan, 'vc/VirtualMachine/vm-1')).toEqual([]);
    expect(await findingsOf(plan, 'vc/VirtualMachine/vm-2')).toEqual(['machine.name.changed']);
    const run = await planForRun(graph, plan.id, () => Promise.resolve(undefined));
    expect(run.blockers).toEqual([]);
  });

  it('finds machines that are gone, taken names, MACs and volumes, and other plans', async () => {
    const plan = await stage.plan("vms where source = 'vc'");
    await stage.plan("vms where source = 'vc' and name = 'db'", { name: 'wave 2' });
    await stage.source.remove('VirtualMachine', 'vm-2');
    const inNamespace = { folder: { kind: 'Namespace', externalId: 'migrated' } } as const;
    await stage.target.load([
      ...targetRecords(),
      record('VirtualMachine', 'migrated/web-1', 'web-1', { path: 'migrated/web-1' }, inNamespace),
      record(
        'Nic',
        'migrated/web-1/lan',
        'lan',
        { mac: '00:50:56:00:00:-1' },
        { machine: { kind: 'VirtualMachine', externalId: 'migrated/web-1' } },
      ),
      record(
        'PersistentVolumeClaim',
        'migrated/web-1-disk-0',
        'web-1-disk-0',
        {},
        { namespace: { kind: 'Namespace', externalId: 'migrated' } },
      ),
    ]);
    const validated = await stage.validate(plan);
    expect(validated.state).toBe('validated');
    expect(await findingsOf(plan, 'vc/VirtualMachine/vm-1')).toEqual(
      expect.arrayContaining(['machine.name.taken', 'machine.volume.taken', 'machine.mac.taken']),
    );
    expect(await findingsOf(plan, 'vc/VirtualMachine/vm-2')).toContain('machine.gone');
    expect(await findingsOf(plan, 'vc/VirtualMachine/vm-3')).toContain('machine.in-other-plan');
    const run = await planForRun(graph, plan.id, () => Promise.resolve(undefined));
    expect(run.blockers).toContainEqual(expect.stringContaining('The name web-1 is taken'));
  });

  it('does not take what an earlier run of the plan made for somebody else’s', async () => {
    const plan = await stage.plan("vms where name = 'web-1'");
    const ours = { labels: [`opal.konveyor.io/plan=${plan.id}`] };
    const inNamespace = { kind: 'Namespace', externalId: 'migrated' } as const;
    await stage.target.load([
      ...targetRecords(),
      record(
        'VirtualMachine',
        'migrated/web-1',
        'web-1',
        { migratedFrom: 'vc/VirtualMachine/vm-1' },
        { folder: inNamespace },
      ),
      record(
        'Nic',
        'migrated/web-1/lan',
        'lan',
        { mac: '00:50:56:00:00:-1' },
        { machine: { kind: 'VirtualMachine', externalId: 'migrated/web-1' } },
      ),
      record('PersistentVolumeClaim', 'migrated/web-1-disk-0', 'web-1-disk-0', ours, {
        namespace: inNamespace,
      }),
      record('DataVolume', 'migrated/web-1-disk-0', 'web-1-disk-0', {}, { namespace: inNamespace }),
    ]);
    expect(await stage.validate(plan)).toMatchObject({ state: 'ready' });
  });

  it('says that the target was not asked where there is no connection', async () => {
    const plan = await stage.plan();
    const validated = await validatePlan(graph, plan.id, { by });
    expect(validated.findings.map(({ id }) => id)).toEqual(['plan.admission.not-asked']);
    expect(validated.state).toBe('validated');
  });
});

describe('a waiver', () => {
  const machine = 'vc/VirtualMachine/vm-1';
  const finding = 'machine.guest-agent.not-running';

  const planWithBlocker = async (): Promise<Plan> => {
    const properties = { toolsRunningStatus: 'guestToolsNotRunning' };
    await stage.source.load(soundMachine('vm-1', { name: 'web-1', properties }));
    return stage.validate(await stage.plan("vms where name = 'web-1'"));
  };

  it('lets a plan run in spite of a finding, under a name and with a reason', async () => {
    const plan = await planWithBlocker();
    expect(plan).toMatchObject({ state: 'validated', openBlockers: 1 });
    const waived = await waiveFinding(
      graph,
      plan.id,
      { finding, machine, reason: 'shut down by hand' },
      'eve',
    );
    expect(waived).toMatchObject({
      state: 'ready',
      openBlockers: 0,
      waivers: [{ finding, machine, by: 'eve', reason: 'shut down by hand' }],
    });
    const run = await planForRun(graph, plan.id, () => Promise.resolve(undefined));
    expect(run.blockers).toEqual([]);
    expect(await stage.validate(waived)).toMatchObject({ state: 'ready' });
    const revoked = await revokeWaiver(graph, plan.id, { finding, machine }, 'eve');
    expect(revoked).toMatchObject({ state: 'validated', openBlockers: 1, waivers: [] });
  });

  it.each([
    [{ finding, reason: 'for the whole plan' }, 'did not find it there'],
    [{ finding, machine, reason: ' ' }, 'a name and a reason'],
    [{ finding: 'machine.network.not-mapped', machine, reason: 'no matter' }, 'could not succeed'],
    [{ finding: 'machine.made-up', machine, reason: 'no matter' }, 'no such finding'],
  ])('%j is refused', async (request, why) => {
    const plan = await planWithBlocker();
    await expect(waiveFinding(graph, plan.id, request, 'eve')).rejects.toThrow(why);
  });
});

describe('the run of a plan', () => {
  it('gets work for each machine, and VDDK the place to read from', async () => {
    const plan = await stage.plan("vms where name = 'web-1'", {
      options: { copy: 'vddk', vddkImage: 'registry.example/vddk:8' },
    });
    const endpoint = { url: 'https://vc.example/sdk', thumbprint: 'AA:BB' };
    const run = await planForRun(graph, plan.id, () => Promise.resolve(endpoint));
    expect(run.blockers).toHaveLength(1);
    expect(run.workOrders).toMatchObject([
      {
        plan: plan.id,
        targetName: 'web-1',
        targetPower: 'asSource',
        source: { id: 'vc/VirtualMachine/vm-1', cluster: 'vc/Cluster/cluster-1' },
        disks: [
          {
            key: 2000,
            dataVolume: {
              metadata: { name: 'web-1-disk-0', namespace: 'migrated' },
              spec: { source: { vddk: { ...endpoint, initImageURL: 'registry.example/vddk:8' } } },
            },
          },
        ],
      },
    ]);
  });

  it('is shown as YAML, machine by machine', async () => {
    const plan = await stage.plan();
    const texts = [];
    for await (const text of exportPlanYaml(graph, plan.id)) texts.push(text);
    expect(texts).toHaveLength(3);
    expect(texts[0]).toMatch(/^---\napiVersion: cdi\.kubevirt\.io\/v1beta1\nkind: DataVolume\n/u);
    expect(texts.join('')).toContain('kind: VirtualMachine');
  });
});
