import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const snapshotDetected = defineRule({
  id: 'vmware.snapshot.detected',
  category: 'Information',
  label: 'The machine has snapshots',
  version: 1,
  fires: 'The snapshot tree of the machine is not empty.',
  effect:
    'Snapshots do not move: the target has the present state only. A warm migration cannot start while there are snapshots, and long chains slow the copy down.',
  remedy: 'Remove the snapshots that nobody needs, all of them before a warm migration.',
  find: ({ snapshots }) => {
    if (snapshots.length === 0) return [];
    const moments = snapshots.map(({ createdAt }) => createdAt).filter((at) => at !== null);
    return [{ snapshots: snapshots.length, oldest: moments.sort()[0] ?? null }];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Snapshots are removed for each machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Remove the snapshots of machine ${name}`,
  },
  assessment: ({ snapshots, oldest }) =>
    `It has ${snapshots} snapshots${oldest === null ? '' : `, the oldest of ${oldest.slice(0, 10)}`}. They do not move; remove them before a warm migration.`,
});
