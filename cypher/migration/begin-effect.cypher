// Looking at the fence and writing down the intent are one transaction, under the machine's lock.
MATCH (machine:MigratingVirtualMachine {id: $machine})
SET machine.fenceSeenAt = $now
WITH machine
WHERE machine.epoch = $epoch AND machine.holder = $holder
MATCH (step:Step {id: $machine + '/' + $step})
MERGE (effect:Effect {id: $id})
ON CREATE SET
  effect.machine = $machine,
  effect.step = $step,
  effect.verb = $verb,
  effect.target = $target,
  effect.epoch = $epoch,
  effect.intentAt = $now
MERGE (step)-[:HAD_EFFECT]->(effect)
RETURN effect.id AS id
