// Every machine that has to have a job in the queue.
MATCH (migration:Migration)-[:MIGRATES]->(machine:MigratingVirtualMachine)
WHERE
  machine.state IN ['running', 'rollingBack'] AND
  (machine.state = 'rollingBack' OR migration.state = 'running')
RETURN machine.id AS id, migration.id AS migration
