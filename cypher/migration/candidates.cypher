MATCH (machine:MigratingVirtualMachine {state: 'pending'})
WHERE none(lane IN machine.lanes WHERE lane IN $full)
MATCH (migration:Migration {id: machine.migration, state: 'running'})
RETURN machine.id AS id, machine.lanes AS lanes
ORDER BY migration.startedAt, migration.id, machine.position
LIMIT $limit
