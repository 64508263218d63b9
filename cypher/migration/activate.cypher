MATCH (migration:Migration {id: $id, state: 'preparing'})
SET migration.state = 'running', migration.startedAt = $now
RETURN migration.id AS id
