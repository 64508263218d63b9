// The claim is unique for a source machine: it cannot be under way twice, whatever the plan.
MATCH (migration:Migration {id: $migration})
UNWIND $machines AS row
CREATE (claim:MigrationClaim {id: row.entity, machine: row.id})
CREATE (migration)-[:MIGRATES]->(machine:MigratingVirtualMachine {
  id: row.id,
  migration: $migration,
  plan: migration.plan,
  entity: row.entity,
  name: row.name,
  namespace: row.namespace,
  targetName: row.targetName,
  sourceId: row.sourceId,
  targetId: row.targetId,
  position: row.position,
  lanes: row.lanes,
  workOrder: row.workOrder,
  totalBytes: row.totalBytes,
  copiedBytes: 0,
  state: 'pending',
  direction: 'forward',
  slot: false,
  epoch: 0,
  retries: 0,
  keepDisks: false,
  stopRunningTarget: false,
  createdAt: $now
})
CREATE (machine)-[:HOLDS]->(claim)
WITH machine, row
CALL (machine, row) {
  UNWIND range(0, size(row.steps) - 1) AS position
  CREATE (machine)-[:HAS_STEP]->(:Step {
    id: row.id + '/' + row.steps[position],
    machine: row.id,
    name: row.steps[position],
    direction: 'forward',
    position: position,
    state: 'pending',
    attempts: 0
  })
}
WITH machine, row
OPTIONAL MATCH (entity:VirtualMachine {id: row.entity})
FOREACH (_ IN CASE WHEN entity IS NULL THEN [] ELSE [entity] END |
  CREATE (machine)-[:MIGRATION_OF]->(entity)
)
RETURN count(DISTINCT machine) AS machines
