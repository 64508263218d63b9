// Removes a run that never left preparation, with its claims. Does nothing to any other.
MATCH (migration:Migration {id: $id, state: 'preparing'})
OPTIONAL MATCH (migration)-[:MIGRATES]->(machine:MigratingVirtualMachine)
OPTIONAL MATCH (machine)-[:HAS_STEP]->(step:Step)
OPTIONAL MATCH (machine)-[:HOLDS]->(claim:MigrationClaim)
DETACH DELETE step, claim, machine, migration
RETURN DISTINCT $id AS id
