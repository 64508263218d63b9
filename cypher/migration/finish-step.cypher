MATCH (machine:MigratingVirtualMachine {id: $machine})
SET machine.fenceSeenAt = $now
WITH machine
WHERE machine.epoch = $epoch AND machine.holder = $holder
MATCH (step:Step {id: $machine + '/' + $step})
SET
  step.state = 'done',
  step.endedAt = $now,
  step.outcome = $outcome,
  step.error = null,
  step.progress = coalesce($progress, step.progress),
  machine += $facts,
  machine.copiedBytes = coalesce($copiedBytes, machine.copiedBytes),
  machine.etaSeconds = null,
  machine.errorSince = null,
  machine.slot = machine.slot AND $keepsSlot,
  machine.state = $state,
  machine.endedAt = CASE WHEN $releasesClaim THEN $now END
WITH machine
OPTIONAL MATCH (machine)-[:HOLDS]->(claim:MigrationClaim)
WHERE $releasesClaim
DETACH DELETE claim
RETURN machine.id AS id
