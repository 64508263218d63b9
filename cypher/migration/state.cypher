MATCH (migration:Migration {id: $migration})
RETURN migration.state AS state
