MATCH (migration:Migration)
WHERE
  migration.state <> 'preparing' AND
  ($plan IS NULL OR migration.plan = $plan) AND
  ($before IS NULL OR migration.createdAt < $before)
RETURN migration {
  .id, .plan, .planName, .state, .createdBy, .createdAt, .startedAt, .endedAt
} AS migration
ORDER BY migration.createdAt DESC
LIMIT $limit
