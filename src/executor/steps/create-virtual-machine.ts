import { resources } from '../../kubernetes/index.js';
import { isRecord } from '../is-record.js';
import type { Manifest } from '../manifest.js';
import { done, type Step } from '../step.js';

/**
 * The machine is always created halted: whoever repeats this step late, even after a rollback, can
 * at worst leave a machine that does not run. Starting it is a step of its own, on conditions.
 */
function halted(machine: Manifest): Manifest {
  const spec = isRecord(machine.spec) ? machine.spec : {};
  const kept = Object.entries(spec).filter(([field]) => field !== 'running');
  return { ...machine, spec: { ...Object.fromEntries(kept), runStrategy: 'Halted' } };
}

export const createVirtualMachine: Step = {
  name: 'create-virtual-machine',
  async ensure({ order, cluster }) {
    const machine = await cluster.ensure(resources.virtualMachine, halted(order.virtualMachine));
    return done(`the machine ${order.namespace}/${machine.metadata.name} is there`);
  },
};
