// It stays in preparation, and nothing of it runs, until all its machines are there.
MERGE (migration:Migration {id: $id})
ON CREATE SET
  migration.plan = $plan,
  migration.planName = $planName,
  migration.state = 'preparing',
  migration.createdBy = $createdBy,
  migration.createdAt = $now,
  migration.cancelRequested = false
WITH migration
OPTIONAL MATCH (plan:Plan {id: $plan})
FOREACH (_ IN CASE WHEN plan IS NULL THEN [] ELSE [plan] END |
  MERGE (migration)-[:RUNS]->(plan)
)
RETURN migration.id AS id
