MATCH (:Plan {id: $plan})-[:PLANS]->(v:PlannedVirtualMachine {entity: $entity})
RETURN v {
  .id, .plan, .entity, .name, .targetName, .namespace, .position, .facts, .choices, .findings
} AS machine
