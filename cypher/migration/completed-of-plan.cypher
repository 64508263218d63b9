MATCH (:Migration {plan: $plan})-[:MIGRATES]->(machine:MigratingVirtualMachine)
WHERE machine.state = 'completed'
RETURN DISTINCT machine.entity AS entity
