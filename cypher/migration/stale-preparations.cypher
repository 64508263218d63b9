// Runs whose starter died before all machines were written.
MATCH (migration:Migration {state: 'preparing'})
WHERE migration.createdAt < $before
RETURN migration.id AS id
