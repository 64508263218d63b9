MATCH (:Plan {id: $plan})-[:PLANS]->(v:PlannedVirtualMachine)
WHERE v.position > $after
WITH v ORDER BY v.position
LIMIT $limit
RETURN v {
  .id, .plan, .entity, .name, .targetName, .namespace, .position, .facts, .choices, .findings
} AS machine
ORDER BY machine.position
