/**
 * Labels and annotations on what we make in a target. Labels are short enough for selectors; ids
 * of the graph may be longer than a label may be, so they stand in annotations.
 */
export const labels = {
  /** Id of the plan. */
  plan: 'opal.konveyor.io/plan',
  /** Short key of the planned machine, unique in the plan. */
  machine: 'opal.konveyor.io/machine',
  /** Id of the run. */
  migration: 'opal.konveyor.io/migration',
  managedBy: 'app.kubernetes.io/managed-by',
} as const;

export const managedByValue = 'opal';

export const annotations = {
  /** Id of the source machine in the graph. */
  migratedFrom: 'opal.konveyor.io/migrated-from',
  /** Name of the source machine, as its source writes it. */
  originalName: 'opal.konveyor.io/original-name',
  /** File of the source disk, on its DataVolume. */
  sourceDisk: 'opal.konveyor.io/source-disk',
} as const;
