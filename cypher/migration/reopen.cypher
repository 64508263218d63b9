MATCH (migration:Migration {id: $migration})
SET migration.touchedAt = $now
WITH migration
WHERE migration.state IN ['running', 'paused', 'failed', 'cancelling']
SET
  migration.state = CASE migration.state WHEN 'failed' THEN 'running' ELSE migration.state END,
  migration.endedAt = null
WITH migration
OPTIONAL MATCH (migration)-[:RUNS]->(plan:Plan {state: 'failed'})
SET plan.state = 'running', plan.revision = plan.revision + 1
RETURN migration.state AS state
