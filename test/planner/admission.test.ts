import { beforeAll, describe, expect, it } from 'vitest';
import { resources } from '../../src/kubernetes/index.js';
import { chooseNames } from '../../src/planner/names/target-name.js';
import { buildVirtualMachine } from '../../src/planner/virtual-machine/build.js';
import { buildDataVolumes } from '../../src/planner/virtual-machine/data-volumes.js';
import { newNamespace, realCluster, type RealCluster } from '../kubernetes/real-cluster.js';
import { blueprintOf } from './blueprint-of.js';
import { variedMachine } from './varied-machines.js';

let real: RealCluster;
let namespace: string;

beforeAll(async () => {
  real = await realCluster();
  namespace = await newNamespace('admission');
});

const machines = Array.from({ length: 200 }, (_, index) => variedMachine(index));

/** Blueprints of machines that converted guests, compatible devices and instance types come out of. */
function blueprints() {
  const names = chooseNames(machines, new Map());
  return machines.map((machine, index) => {
    const blueprint = blueprintOf({
      machine,
      namespace,
      options: { conversion: index % 2 === 0 ? 'auto' : 'skip' },
    });
    const targetName = names.get(machine.id)?.name ?? '';
    return { ...blueprint, choices: { ...blueprint.choices, targetName } };
  });
}

async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('target machines as they are built', () => {
  it('are admitted by KubeVirt, two hundred different ones', async () => {
    const refusals: string[] = [];
    for (const blueprint of blueprints()) {
      const manifest = buildVirtualMachine(blueprint);
      const refusal = await refusalOf(
        real.cluster.apply(resources.virtualMachine, manifest, { dryRun: true }),
      );
      if (refusal !== undefined) refusals.push(`${blueprint.machine.externalId}: ${refusal}`);
    }
    expect(refusals).toEqual([]);
  });

  it('have volumes that the cluster admits, under names of their own', async () => {
    const volumes = blueprints()
      .slice(0, 40)
      .flatMap((blueprint) => buildDataVolumes(blueprint));
    const names = volumes.map(({ manifest }) => manifest.metadata.name);
    expect(new Set(names).size).toBe(names.length);
    const refusals: string[] = [];
    for (const { manifest } of volumes) {
      const refusal = await refusalOf(
        real.cluster.apply(resources.dataVolume, manifest, { dryRun: true }),
      );
      if (refusal !== undefined) refusals.push(refusal);
    }
    expect(refusals).toEqual([]);
  });

  it('are refused where secure boot lacks system management mode', async () => {
    const blueprint = blueprintOf({ machine: { firmware: 'efi', secureBoot: true }, namespace });
    const good = buildVirtualMachine(blueprint);
    const bad = JSON.parse(
      JSON.stringify(good).replace('"smm":{"enabled":true}', '"smm":{"enabled":false}'),
    ) as typeof good;
    expect(
      await refusalOf(real.cluster.apply(resources.virtualMachine, good, { dryRun: true })),
    ).toBe(undefined);
    const refusal = await refusalOf(
      real.cluster.apply(resources.virtualMachine, bad, { dryRun: true }),
    );
    expect(refusal).toContain('SMM');
  });
});
