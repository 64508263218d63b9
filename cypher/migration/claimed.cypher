UNWIND $entities AS entity
MATCH (claim:MigrationClaim {id: entity})<-[:HOLDS]-(machine:MigratingVirtualMachine)
RETURN
  machine.entity AS entity,
  machine.name AS name,
  machine.migration AS migration,
  machine.state AS state
LIMIT 100
