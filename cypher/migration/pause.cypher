MATCH (migration:Migration {id: $migration})
SET migration.touchedAt = $now
WITH migration
WHERE migration.state IN ['running', 'paused']
SET migration.state = 'paused'
RETURN migration.state AS state
