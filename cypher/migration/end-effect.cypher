MATCH (effect:Effect {id: $id})
SET effect.outcome = $outcome, effect.endedAt = $now
WITH effect
MATCH (machine:MigratingVirtualMachine {id: effect.machine})
RETURN machine.direction AS direction
