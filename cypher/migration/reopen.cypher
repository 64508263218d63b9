MATCH (migration:Migration {id: $migration})
SET migration.touchedAt = $now
WITH migration
WHERE migration.state IN ['running', 'paused', 'failed', 'cancelling']
SET
  migration.state = CASE migration.state WHEN 'failed' THEN 'running' ELSE migration.state END,
  migration.endedAt = null
RETURN migration.state AS state
