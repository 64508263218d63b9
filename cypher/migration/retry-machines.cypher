// A forward retry waits for admission again; a rollback goes on at once.
MATCH (:Migration {id: $migration})-[:MIGRATES]->(machine:MigratingVirtualMachine)
WHERE $machines IS NULL OR machine.id IN $machines
SET machine.fenceSeenAt = $now
WITH machine
WHERE machine.state IN ['failed', 'rollbackFailed']
MATCH (machine)-[:HAS_STEP]->(broken:Step {state: 'failed', direction: machine.direction})
WITH machine, broken, coalesce($beginAgainAt[broken.name], broken.name) AS first
MATCH (machine)-[:HAS_STEP]->(from:Step {name: first})
CALL (machine, from) {
  MATCH (machine)-[:HAS_STEP]->(step:Step {direction: machine.direction})
  WHERE step.position >= from.position
  SET
    step.state = 'pending',
    step.startedAt = null,
    step.endedAt = null,
    step.progress = null
}
SET
  machine.epoch = machine.epoch + 1,
  machine.holder = null,
  machine.retries = machine.retries + 1,
  machine.state = CASE machine.direction WHEN 'back' THEN 'rollingBack' ELSE 'pending' END,
  machine.error = null,
  machine.errorSince = null,
  machine.endedAt = null
RETURN machine.id AS id, machine.state AS state
