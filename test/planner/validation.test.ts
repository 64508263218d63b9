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
import { admitsAll, PlanningStage, soundMachine, targetRecords } from './planned-estate.js';

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
        { migratedFrom: 'vc/VirtualMachine/vm-1', customAttributes: ours.labels },
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

  it('finds that an earlier plan has migrated a machine, by what its copy says', async () => {
    const machine = { machine: { kind: 'VirtualMachine', externalId: 'moved/web-1' } } as const;
    await stage.target.load([
      ...targetRecords(),
      record(
        'VirtualMachine',
        'moved/web-1',
        'web-1',
        { path: 'moved/web-1', migratedFrom: 'vc/VirtualMachine/vm-1' },
        {},
      ),
      record('Nic', 'moved/web-1/lan', 'lan', { mac: '00:50:56:00:00:-1' }, machine),
    ]);
    const plan = await stage.validate(
      await stage.plan("vms where source = 'vc' and name = 'web-1'"),
    );
    expect(plan).toMatchObject({ state: 'validated', openBlockers: 2 });
    const { findings } = await findPlannedMachine(graph, plan.id, 'vc/VirtualMachine/vm-1');
    expect(findings.map(({ id }) => id)).toEqual(['machine.migrated', 'machine.mac.taken']);
    expect(findings[0]?.why).toBe('machine moved/web-1 of target kv says that it was made from it');
  });

  it('finds it by the record of the run, and passes over what the plan itself has migrated', async () => {
    const plan = await stage.plan("vms where name = 'web-1'");
    await stage.source.run(
      `CREATE (:Migration {id: 'run-1', plan: 'earlier', planName: 'wave 0', state: 'completed'})
       CREATE (:MigratingVirtualMachine {
         id: 'done-1', migration: 'run-1', plan: 'earlier', entity: $entity, state: 'completed',
         targetId: 'kv', namespace: 'moved', targetName: 'web-1', endedAt: '2026-01-01T00:00:00Z'
       })`,
      { entity: 'vc/VirtualMachine/vm-1' },
    );
    await stage.validate(plan);
    const { findings } = await findPlannedMachine(graph, plan.id, 'vc/VirtualMachine/vm-1');
    expect(findings).toMatchObject([
      {
        id: 'machine.migrated',
        why: 'run run-1 of plan wave 0 made moved/web-1 of target kv from it',
      },
    ]);
    await stage.source.run("MATCH (m:MigratingVirtualMachine {id: 'done-1'}) SET m.plan = $plan", {
      plan: plan.id,
    });
    expect(await stage.validate(plan)).toMatchObject({ state: 'ready' });
  });

  it('finds volumes that the target has now, but for those on their way out', async () => {
    const plan = await stage.plan("vms where source = 'vc' and name != 'Web_2 (old)'");
    const claim = (name: string, more: object) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, ...more },
    });
    const cluster = {
      ...admitsAll,
      list: (resource: { readonly kind: string }) =>
        Promise.resolve({
          resourceVersion: '1',
          objects:
            resource.kind === 'DataVolume'
              ? []
              : [
                  claim('web-1-disk-0', { labels: { 'opal.konveyor.io/plan': plan.id } }),
                  claim('db-disk-0', { deletionTimestamp: '2026-01-01T00:00:00Z' }),
                ],
        }),
    };
    const validated = await validatePlan(graph, plan.id, { cluster, by });
    expect(validated).toMatchObject({ state: 'validated', openBlockers: 1 });
    const { findings } = await findPlannedMachine(graph, plan.id, 'vc/VirtualMachine/vm-1');
    expect(findings).toMatchObject([
      {
        id: 'machine.volume.taken',
        why: 'a PersistentVolumeClaim of this name was kept by an earlier run of the plan',
      },
    ]);
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
    const shown = await findPlannedMachine(graph, plan.id, machine);
    expect(shown.findings).toMatchObject([{ id: finding, severity: 'blocker', waived: true }]);
    expect(await stage.validate(waived)).toMatchObject({ state: 'ready' });
    const revoked = await revokeWaiver(graph, plan.id, { finding, machine }, 'eve');
    expect(revoked).toMatchObject({ state: 'validated', openBlockers: 1, waivers: [] });
  });

  it('is for all machines that have the finding at once', async () => {
    const properties = { toolsRunningStatus: 'guestToolsNotRunning' };
    await stage.source.load(
      ['1', '3'].flatMap((id) => soundMachine(`vm-${id}`, { name: `m-${id}`, properties })),
    );
    const plan = await stage.validate(await stage.plan());
    expect(plan.openBlockers).toBe(2);
    const request = { finding, allMachines: true, reason: 'shut down by hand' };
    expect(await waiveFinding(graph, plan.id, request, 'eve')).toMatchObject({
      state: 'ready',
      openBlockers: 0,
      waivers: [{ finding }, { finding }],
    });
  });

  it.each([
    [{ finding, reason: 'for the whole plan' }, 'no machine is named; 1 machine has it: web-1'],
    [{ finding: 'plan.capacity.exceeded', reason: 'no matter' }, 'did not find it there'],
    [{ finding, machine, reason: ' x ' }, 'a reason of 3 to 2000 characters, and the reason has 1'],
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
    expect(run.obstacle).toMatchObject({ code: 'not-validated' });
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

  it.each([
    ['running', 'paused', 'run run-1 of it is paused', 'opal migrate resume run-1'],
    ['running', 'running', 'run run-1 of it is under way', 'opal migrate cancel run-1'],
    ['cancelled', 'cancelled', 'it has to be validated again', 'opal plan validate "wave 1"'],
    ['failed', 'failed', 'machines failed in its last run, run-1', 'opal migrate retry run-1'],
  ])('is refused where the plan is %s and its run %s', async (state, run, why, remedy) => {
    const { id } = await stage.plan();
    await stage.source.run(
      `MATCH (p:Plan {id: $id}) SET p.state = $state
       CREATE (:Migration {id: 'run-1', plan: $id, state: $run, createdAt: '2026-01-01T00:00:00Z'})`,
      { id, state, run },
    );
    const { obstacle } = await planForRun(graph, id, () => Promise.resolve(undefined));
    expect(obstacle?.why).toContain(why);
    expect(obstacle?.remedy).toContain(remedy);
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
