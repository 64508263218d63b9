MATCH (machine:MigratingVirtualMachine {id: $machine})
SET machine.fenceSeenAt = $now
WITH machine
WHERE machine.epoch = $epoch AND machine.holder = $holder
SET machine += $facts
RETURN machine.id AS id
