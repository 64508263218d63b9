MATCH (migration:Migration {id: $migration})
SET migration.touchedAt = $now
WITH migration
WHERE migration.state IN ['running', 'paused', 'failed', 'cancelling', 'cancelled']
SET
  migration.state = CASE WHEN $whole THEN 'cancelling' WHEN migration.endedAt IS NULL THEN migration.state ELSE 'running' END,
  migration.cancelRequested = migration.cancelRequested OR $whole,
  migration.endedAt = null
RETURN migration.state AS state
