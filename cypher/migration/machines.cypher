MATCH (:Migration {id: $migration})-[:MIGRATES]->(machine:MigratingVirtualMachine)
WHERE
  machine.position > $after AND
  ($state IS NULL OR machine.state = $state) AND
  ($entity IS NULL OR machine.entity = $entity)
WITH machine
ORDER BY machine.position
LIMIT $limit
RETURN
  machine {
    .id, .entity, .name, .namespace, .targetName, .position, .state, .direction, .step, .epoch,
    .retries, .copiedBytes, .totalBytes, .etaSeconds, .error, .createdAt, .startedAt, .endedAt
  } AS machine,
  COLLECT {
    MATCH (machine)-[:HAS_STEP]->(step:Step)
    WITH step ORDER BY step.position
    RETURN step {
      .name, .direction, .state, .attempts, .startedAt, .endedAt, .outcome, .failureKind, .error,
      .progress
    }
  } AS steps
