MATCH (run:Migration {plan: $plan})
WHERE run.state <> 'preparing'
RETURN run.id AS id, run.state AS state
ORDER BY run.createdAt DESC
LIMIT 1
