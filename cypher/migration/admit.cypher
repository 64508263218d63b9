UNWIND $machines AS id
MATCH (machine:MigratingVirtualMachine {id: id})
SET machine.fenceSeenAt = $now
WITH machine
WHERE machine.state = 'pending'
SET machine.state = 'running', machine.slot = true
RETURN machine.id AS id, machine.migration AS migration
