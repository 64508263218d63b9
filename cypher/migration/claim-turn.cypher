// Writing first takes the lock of the machine, so that two takers get two epochs.
MATCH (migration:Migration)-[:MIGRATES]->(machine:MigratingVirtualMachine {id: $machine})
SET machine.fenceSeenAt = $now
WITH migration, machine
WHERE machine.state = 'rollingBack' OR (machine.state = 'running' AND migration.state = 'running')
SET machine.epoch = machine.epoch + 1, machine.holder = $holder
RETURN
  migration.id AS migration,
  machine {
    .id, .name, .entity, .workOrder, .epoch, .state, .direction, .retries, .keepDisks,
    .stopRunningTarget, .errorSince, .sourcePowerState, .powerOffRequestedAt, .targetStartedAt,
    .sourceRestoredAt
  } AS machine,
  COLLECT {
    MATCH (machine)-[:HAS_STEP]->(step:Step)
    WHERE step.direction = machine.direction
    WITH step ORDER BY step.position
    RETURN step {.name, .state, .startedAt, .progress}
  } AS steps
