/**
 * What the product itself keeps in the graph beside the inventory. Each part declares its labels
 * here, so that constraints and indexes are made in one place; the nodes' other properties are the
 * part's own business.
 */
export interface RecordLabel {
  readonly label: string;
  /** Property that is unique over all nodes of the label. */
  readonly key: string;
  /** Properties with a range index; a list is one index over several properties in that order. */
  readonly indexes: readonly (string | readonly string[])[];
  readonly doc: string;
}

export const recordLabels = [
  { label: 'SchemaVersion', key: 'version', indexes: [], doc: 'A migration that was applied.' },
  { label: 'SchemaLock', key: 'id', indexes: [], doc: 'Who is migrating the graph now.' },
  { label: 'Source', key: 'id', indexes: ['name', 'state'], doc: 'A source and its last reads.' },
  { label: 'Sync', key: 'id', indexes: [['source', 'number']], doc: 'One read of one source.' },
  {
    label: 'Change',
    key: 'id',
    indexes: [['source', 'sync'], 'entity'],
    doc: 'What one sync changed on one entity.',
  },
  { label: 'SavedSearch', key: 'id', indexes: ['name'], doc: 'A search that people keep.' },
  {
    label: 'Plan',
    key: 'id',
    indexes: ['name', 'target'],
    doc: 'A frozen set of machines to migrate.',
  },
  {
    label: 'PlannedVirtualMachine',
    key: 'id',
    indexes: ['plan', 'entity'],
    doc: 'A machine in a plan.',
  },
  { label: 'Waiver', key: 'id', indexes: ['plan'], doc: 'A finding that somebody answers for.' },
  { label: 'Migration', key: 'id', indexes: ['plan', 'state'], doc: 'One run of a plan.' },
  {
    label: 'MigratingVirtualMachine',
    key: 'id',
    indexes: ['migration', 'state', 'entity'],
    doc: 'A machine in a run.',
  },
  { label: 'Step', key: 'id', indexes: ['machine', 'state'], doc: 'One step of one machine.' },
  {
    label: 'MigrationClaim',
    key: 'id',
    indexes: [],
    doc: 'Keeps a source machine to one run at a time.',
  },
  { label: 'Effect', key: 'id', indexes: ['machine'], doc: 'A change made outside by a step.' },
  { label: 'AdmissionGate', key: 'id', indexes: [], doc: 'Whose lock orders admissions.' },
  { label: 'Token', key: 'id', indexes: ['hash'], doc: 'A token that lets a person in.' },
  { label: 'AuditEntry', key: 'id', indexes: ['at', 'actor'], doc: 'Who did what, and when.' },
  { label: 'Credential', key: 'id', indexes: [], doc: 'A sealed secret.' },
  { label: 'Setting', key: 'id', indexes: [], doc: 'A setting that the product keeps for itself.' },
  {
    label: 'ConcernEvaluation',
    key: 'id',
    indexes: [],
    doc: 'How far the concerns of one source were evaluated, and the count of evaluation batches.',
  },
  {
    label: 'EvaluatedPlace',
    key: 'id',
    indexes: ['source'],
    doc: 'What rules read of a cluster, host, datastore or network when they last did.',
  },
] as const satisfies readonly RecordLabel[];
