import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { record, type Graph } from '../../src/graph/index.js';
import {
  deletePlan,
  findPlan,
  findPlannedMachine,
  listPlannedMachines,
  listPlans,
  planDrift,
  recordPlanEvent,
  removePlannedMachines,
  updateNetworkMapping,
  updatePlanOptions,
  updatePlannedMachine,
  updateStorageMapping,
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

describe('a plan from a search', () => {
  it('holds what the search finds, with the search and the sources it came from', async () => {
    const plan = await stage.plan("vms where name ~= '^[wW]eb'");
    expect(plan).toMatchObject({
      state: 'draft',
      machineCount: 2,
      target: 'kv',
      namespace: 'migrated',
      createdBy: 'ada',
      sources: [{ id: 'vc', kind: 'vsphere' }],
    });
    expect(plan.searchText).toContain('[wW]eb');
    const machines = await listPlannedMachines(graph, plan.id);
    expect(machines.map(({ entity }) => entity).sort()).toEqual([
      'vc/VirtualMachine/vm-1',
      'vc/VirtualMachine/vm-2',
    ]);
  });

  it('leaves out the machines of target clusters, whose names are those of their sources', async () => {
    const text = `CREATE (:Entity:VirtualMachine {id: 'kv/VirtualMachine/1', source: 'kv',
      kind: 'VirtualMachine', name: 'web-1', migratedFrom: 'vc/VirtualMachine/vm-1'})`;
    await graph.writeCompiled({ text, parameters: {} });
    const plan = await stage.plan("vms where name ~= '^[wW]eb' or name = 'db'");
    expect(plan.machineCount).toBe(3);
    expect(plan.sources).toMatchObject([{ id: 'vc' }]);
    expect((await planDrift(graph, plan.id)).newMatches).toEqual([]);
    await expect(stage.plan("vms where source = 'kv'")).rejects.toThrow(/no machine of a source/u);
  });

  it('proposes names, mappings and choices', async () => {
    const plan = await stage.plan();
    expect(plan.networks).toMatchObject([
      {
        source: 'vc/Network/net-1',
        vlanId: 100,
        destination: { type: 'multus', namespace: 'default', name: 'vlan-100' },
        reasons: expect.arrayContaining(['both are VLAN 100']) as string[],
      },
    ]);
    expect(plan.storage).toMatchObject([
      {
        source: 'vc/Datastore/ds-1',
        destination: {
          storageClass: 'ceph-block',
          accessMode: 'ReadWriteMany',
          volumeMode: 'Block',
        },
      },
    ]);
    const machine = await findPlannedMachine(graph, plan.id, 'vc/VirtualMachine/vm-2');
    expect(machine.choices).toMatchObject({
      targetName: 'web-2-old',
      conversion: { value: true },
      copy: { value: 'virt-v2v' },
      preference: { value: { kind: 'VirtualMachineClusterPreference', name: 'rhel.9' } },
    });
  });

  it('avoids names that the target or another open plan has', async () => {
    await stage.target.load([
      ...targetRecords(),
      record(
        'VirtualMachine',
        'migrated/web-1',
        'web-1',
        {},
        { folder: { kind: 'Namespace', externalId: 'migrated' } },
      ),
    ]);
    await stage.plan("vms where source = 'vc' and name = 'db'", { name: 'wave 0' });
    const plan = await stage.plan("vms where source = 'vc'");
    const names = (await listPlannedMachines(graph, plan.id)).map(({ targetName }) => targetName);
    expect(names).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^web-1-[0-9a-f]{4}$/u),
        expect.stringMatching(/^db-[0-9a-f]{4}$/u),
      ]),
    );
    expect(new Set(names).size).toBe(3);
  });

  it.each([
    ["vms where name = 'nobody'", {}, 'finds no machine'],
    ["hosts where name ~= '.'", {}, 'only virtual machines'],
    ["vms where name ~= '.'", { name: ' ' }, 'the name is empty'],
    ["vms where name ~= '.'", { namespace: 'No_Namespace' }, 'not a name that Kubernetes'],
    ["vms where name ~= '.'", { target: 'vc' }, 'no Kubernetes cluster was collected'],
  ])('is refused for %s with %j', async (text, more, why) => {
    await expect(stage.plan(text, more)).rejects.toThrow(why);
    expect(await listPlans(graph)).toEqual([]);
  });

  it('has a name of its own, whoever else asks for it at the same time', async () => {
    const asked = await Promise.allSettled([stage.plan(), stage.plan(), stage.plan()]);
    const made = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(made).toHaveLength(1);
    expect(await listPlans(graph)).toHaveLength(1);
    const id = made[0]?.id ?? '';
    await expect(stage.plan()).rejects.toMatchObject({
      code: 'plan.name-taken',
      why: `plan ${id} of ada has it (draft)`,
    });
    const other = await stage.plan(undefined, { name: 'wave 2' });
    await expect(updatePlanOptions(graph, other.id, { name: 'wave 1' }, by)).rejects.toMatchObject({
      code: 'plan.name-taken',
    });
    await recordPlanEvent(graph, id, 'archive', by);
    expect(await updatePlanOptions(graph, other.id, { name: 'wave 1' }, by)).toMatchObject({
      name: 'wave 1',
    });
  });

  it('keeps every one of 200 machines', { timeout: 60_000 }, async () => {
    const records = Array.from({ length: 200 }, (_, index) =>
      soundMachine(`vm-9${index}`, {
        name: `bulk ${index}`,
        disks: [{}, {}],
        nics: [{ network: 'net-2', mac: `00:50:56:00:01:${index.toString(16).padStart(2, '0')}` }],
      }),
    );
    await stage.source.load(records.flat());
    const plan = await stage.plan("vms where name ~= '^bulk'");
    expect(plan.machineCount).toBe(200);
  });
});

describe('the drift of a plan', () => {
  it('is nothing right after it was made', async () => {
    const plan = await stage.plan();
    expect(await planDrift(graph, plan.id)).toEqual({
      plan: plan.id,
      gone: [],
      changed: [],
      newMatches: [],
      noLongerMatching: [],
      unchanged: 3,
    });
  });

  it('names machines that are gone, changed, new, or no longer found', async () => {
    const plan = await stage.plan("vms where memoryMB > 1000 and source = 'vc'");
    await stage.source.remove('VirtualMachine', 'vm-3');
    await stage.source.load([
      ...soundMachine('vm-1', {
        name: 'web-1',
        disks: [{ capacityBytes: 99 }],
        properties: { cpuCount: 8 },
      }),
      ...soundMachine('vm-2', { name: 'Web_2 (old)', properties: { memoryMB: 512 } }),
      ...soundMachine('vm-4', { name: 'new' }),
    ]);
    const drift = await planDrift(graph, plan.id);
    expect(drift.gone).toEqual([{ id: 'vc/VirtualMachine/vm-3', name: 'db' }]);
    expect(drift.newMatches).toEqual(['vc/VirtualMachine/vm-4']);
    expect(drift.noLongerMatching).toEqual(['vc/VirtualMachine/vm-2']);
    expect(drift.changed).toContainEqual({
      id: 'vc/VirtualMachine/vm-1',
      name: 'web-1',
      changes: [
        { field: 'cpuCount', was: 2, is: 8 },
        {
          field: 'disks.Hard disk 1 (vc/Disk/vm-1/disk-0).capacityBytes',
          was: 10 * 2 ** 30,
          is: 99,
        },
      ],
    });
  });
});

describe('a change of a plan', () => {
  it('maps networks and storage as a person says, and makes it a draft again', async () => {
    const plan = await stage.validate(await stage.plan());
    expect(plan.state).toBe('ready');
    await updateNetworkMapping(
      graph,
      plan.id,
      { source: 'vc/Network/net-1', destination: { type: 'pod' } },
      by,
    );
    const changed = await updateStorageMapping(
      graph,
      plan.id,
      { source: 'vc/Datastore/ds-1', destination: { storageClass: 'local' } },
      'bob',
    );
    expect(changed).toMatchObject({
      state: 'draft',
      changedBy: 'bob',
      networks: [{ destination: { type: 'pod' }, confidence: 1, edited: true }],
      storage: [{ destination: { storageClass: 'local' }, reasons: ['chosen by bob'] }],
    });
  });

  it('keeps what a person chose for a machine when options change', async () => {
    const plan = await stage.plan();
    const id = 'vc/VirtualMachine/vm-1';
    await updatePlannedMachine(graph, plan.id, id, { targetName: 'shop', power: 'off' }, by);
    await updatePlanOptions(
      graph,
      plan.id,
      { options: { powerState: 'on', instanceTypes: 'exact' } },
      by,
    );
    const machine = await findPlannedMachine(graph, plan.id, id);
    expect(machine).toMatchObject({
      targetName: 'shop',
      choices: {
        targetName: 'shop',
        power: { value: 'off' },
        instanceType: { value: { name: 'u1.large' } },
        edited: ['power', 'targetName'],
      },
    });
    const other = await findPlannedMachine(graph, plan.id, 'vc/VirtualMachine/vm-2');
    expect(other.choices.power.value).toBe('on');
  });

  it('takes machines out', async () => {
    const plan = await stage.plan();
    const left = await removePlannedMachines(graph, plan.id, ['vc/VirtualMachine/vm-1'], by);
    expect(left.machineCount).toBe(2);
  });

  it('is refused where it is not valid, with the field', async () => {
    const { id } = await stage.plan();
    const machine = 'vc/VirtualMachine/vm-1';
    await expect(
      updatePlannedMachine(graph, id, machine, { targetName: 'Not Valid' }, by),
    ).rejects.toMatchObject({ code: 'plan.edit-not-valid', subject: 'machine.targetName' });
    await expect(updatePlannedMachine(graph, id, machine, { bootDisk: 7 }, by)).rejects.toThrow(
      'the machine has 1 disks',
    );
    await expect(
      updateNetworkMapping(graph, id, { source: 'vc/Network/none', destination: null }, by),
    ).rejects.toThrow('has no mapping');
    const source = 'vc/Network/net-1';
    const destination = { type: 'multus', namespace: 'default', name: 'vlan-10' } as const;
    await expect(updateNetworkMapping(graph, id, { source, destination }, by)).rejects.toThrow(
      'it has default/vlan-100, default/vlan-200',
    );
    const storage = { source: 'vc/Datastore/ds-1', destination: { storageClass: 'locale' } };
    await expect(updateStorageMapping(graph, id, storage, by)).rejects.toMatchObject({
      code: 'plan.destination-missing',
      why: 'it has local, ceph-block',
    });
    await expect(findPlan(graph, 'none')).rejects.toMatchObject({ code: 'plan.not-found' });
  });

  it('is refused where somebody else changed the plan meanwhile', async () => {
    const plan = await stage.plan();
    const change = (destination: 'pod' | 'ignored') =>
      updateNetworkMapping(
        graph,
        plan.id,
        { source: 'vc/Network/net-1', destination: { type: destination } },
        by,
      );
    const results = await Promise.allSettled([change('pod'), change('ignored')]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeLessThan(2);
    for (const { reason } of refused) expect(reason).toMatchObject({ retryable: true });
    const { revision } = await findPlan(graph, plan.id);
    expect(revision).toBe(1 + results.length - refused.length);
  });

  it('is refused while it runs', async () => {
    const plan = await stage.validate(await stage.plan());
    await recordPlanEvent(graph, plan.id, 'start', by);
    await expect(updatePlanOptions(graph, plan.id, { name: 'other' }, by)).rejects.toThrow(
      'it is running',
    );
    await expect(deletePlan(graph, plan.id)).rejects.toThrow('it is running');
    await recordPlanEvent(graph, plan.id, 'complete', by);
    await deletePlan(graph, plan.id);
    expect(await listPlans(graph)).toEqual([]);
  });
});
