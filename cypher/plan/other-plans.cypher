// Machines that other open plans hold too.
UNWIND $entities AS entity
MATCH (v:PlannedVirtualMachine {entity: entity})<-[:PLANS]-(p:Plan)
WHERE p.id <> $plan AND p.state IN ['draft', 'validated', 'ready', 'running', 'failed']
RETURN entity, collect(p.name) AS plans
ORDER BY entity
