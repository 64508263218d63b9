// Machines that a start of the plan passes over: those it has migrated, and those that one of its
// runs still holds. What is theirs in the target is in nobody's way.
MATCH (machine:MigratingVirtualMachine)
WHERE
  machine.entity IN $entities AND machine.plan = $plan AND
  (machine.state = 'completed' OR EXISTS { (machine)-[:HOLDS]->(:MigrationClaim) })
RETURN DISTINCT machine.entity AS entity
