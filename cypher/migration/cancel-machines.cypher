// The lock before the look: a machine that completes meanwhile is not rolled back. The epoch goes
// up, so that whoever is working on it forwards stops before its next change.
MATCH (:Migration {id: $migration})-[:MIGRATES]->(machine:MigratingVirtualMachine)
WHERE $machines IS NULL OR machine.id IN $machines
SET machine.fenceSeenAt = $now
WITH machine
WHERE machine.state IN ['pending', 'running', 'failed', 'rollbackFailed']
WITH machine, machine.epoch = 0 AS untouched
SET
  machine.epoch = machine.epoch + 1,
  machine.holder = null,
  machine.direction = 'back',
  machine.slot = false,
  machine.keepDisks = $keepDisks,
  machine.stopRunningTarget = $stopRunningTarget,
  machine.errorSince = null,
  machine.error = null,
  machine.state = CASE WHEN untouched THEN 'cancelled' ELSE 'rollingBack' END,
  machine.endedAt = CASE WHEN untouched THEN $now END
WITH machine, untouched
CALL (machine, untouched) {
  WITH machine, untouched WHERE untouched
  MATCH (machine)-[:HOLDS]->(claim:MigrationClaim)
  DETACH DELETE claim
}
CALL (machine, untouched) {
  WITH machine, untouched WHERE NOT untouched
  UNWIND range(0, size($steps) - 1) AS position
  MERGE (step:Step {id: machine.id + '/' + $steps[position]})
  ON CREATE SET
    step.machine = machine.id,
    step.name = $steps[position],
    step.direction = 'back',
    step.position = 100 + position,
    step.attempts = 0
  SET step.state = 'pending', step.startedAt = null, step.endedAt = null, step.error = null
  MERGE (machine)-[:HAS_STEP]->(step)
}
RETURN machine.id AS id, machine.state AS state
