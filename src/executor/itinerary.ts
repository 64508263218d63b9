import type { WorkOrder } from './work-order.js';

/** Every step there is; one file each in steps/. */
export const stepNames = [
  'checks',
  'pre-hook',
  'store-power-state',
  'power-off-source',
  'wait-for-power-off',
  'create-data-volumes',
  'copy-disks',
  'convert-guest',
  'create-virtual-machine',
  'start-target',
  'post-hook',
  'clean-up',
  'stop-jobs',
  'stop-target',
  'remove-target',
  'remove-disks',
  'remove-credentials',
  'restore-source-power',
] as const;
export type StepName = (typeof stepNames)[number];

interface Entry {
  readonly step: StepName;
  readonly when?: (order: WorkOrder) => boolean;
}

/** The way of a cold migration, in order. */
const coldMigration: readonly Entry[] = [
  { step: 'checks' },
  { step: 'pre-hook', when: (order) => order.preHook !== undefined },
  { step: 'store-power-state' },
  { step: 'power-off-source' },
  { step: 'wait-for-power-off' },
  { step: 'create-data-volumes' },
  { step: 'copy-disks' },
  { step: 'convert-guest', when: (order) => order.convertGuest || order.copy === 'virt-v2v' },
  { step: 'create-virtual-machine' },
  { step: 'start-target' },
  { step: 'post-hook', when: (order) => order.postHook !== undefined },
  { step: 'clean-up' },
];

/** The way back, when a migration is called off. */
export const rollbackItinerary: readonly StepName[] = [
  'stop-jobs',
  'stop-target',
  'remove-target',
  'remove-disks',
  'remove-credentials',
  'restore-source-power',
];

/** Steps that keep source and storage busy; a machine holds its slots until the last of them. */
const heavySteps: ReadonlySet<StepName> = new Set([
  'checks',
  'pre-hook',
  'store-power-state',
  'power-off-source',
  'wait-for-power-off',
  'create-data-volumes',
  'copy-disks',
  'convert-guest',
]);

/** The steps of one machine's run: fixed when the run starts, whatever is edited later. */
export const frozenItinerary = (order: WorkOrder): readonly StepName[] =>
  coldMigration.filter((entry) => entry.when?.(order) ?? true).map((entry) => entry.step);

export const needsSlot = (remaining: readonly StepName[]): boolean =>
  remaining.some((step) => heavySteps.has(step));
