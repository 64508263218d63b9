// Ends a run of which no machine is under way any more.
MATCH (migration:Migration {id: $migration})
SET migration.settledAt = $now
WITH migration
WHERE
  migration.state IN ['running', 'paused', 'cancelling'] AND
  NOT EXISTS {
    MATCH (migration)-[:MIGRATES]->(machine:MigratingVirtualMachine)
    WHERE machine.state IN ['pending', 'running', 'rollingBack']
  }
SET
  migration.endedAt = $now,
  migration.state = CASE
    WHEN EXISTS {
      MATCH (migration)-[:MIGRATES]->(machine:MigratingVirtualMachine)
      WHERE machine.state IN ['failed', 'rollbackFailed']
    } THEN 'failed'
    WHEN migration.cancelRequested OR NOT EXISTS {
      MATCH (migration)-[:MIGRATES]->(:MigratingVirtualMachine {state: 'completed'})
    } THEN 'cancelled'
    ELSE 'completed'
  END
RETURN migration.state AS state
