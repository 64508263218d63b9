MATCH (migration:Migration)
WHERE
  migration.state IN ['running', 'paused', 'cancelling'] AND
  NOT EXISTS {
    MATCH (migration)-[:MIGRATES]->(machine:MigratingVirtualMachine)
    WHERE machine.state IN ['pending', 'running', 'rollingBack']
  }
RETURN migration.id AS id
