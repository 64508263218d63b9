// The plan may have been edited since it was read: then nothing of this run begins.
MATCH (migration:Migration {id: $id, state: 'preparing'})
OPTIONAL MATCH (migration)-[:RUNS]->(plan:Plan)
WITH migration, plan
WHERE plan IS NULL OR plan.state = 'ready'
SET
  migration.state = 'running',
  migration.startedAt = $now,
  plan.state = 'running',
  plan.revision = plan.revision + 1
RETURN migration.id AS id
