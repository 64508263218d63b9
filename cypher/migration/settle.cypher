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
WITH migration
OPTIONAL MATCH (migration)-[:RUNS]->(plan:Plan)
WHERE plan.state IN ['running', 'failed']
SET plan.revision = plan.revision + 1, plan.state = CASE
  WHEN migration.state <> 'completed' THEN migration.state
  WHEN EXISTS {
    MATCH (planned:PlannedVirtualMachine {plan: plan.id})
    WHERE NOT EXISTS {
      MATCH (done:MigratingVirtualMachine {entity: planned.entity, state: 'completed'})
      WHERE done.plan = plan.id
    }
  } THEN 'ready'
  ELSE 'completed'
END
RETURN migration.state AS state
