MATCH (machine:MigratingVirtualMachine {state: 'running'})
WHERE machine.slot
UNWIND machine.lanes AS lane
RETURN lane, count(*) AS held
