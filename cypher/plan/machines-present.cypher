// Machines that are still in the inventory.
UNWIND $entities AS entity
MATCH (m:Entity {id: entity})
WHERE m:VirtualMachine
RETURN m.id AS entity
ORDER BY entity
