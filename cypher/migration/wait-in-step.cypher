MATCH (machine:MigratingVirtualMachine {id: $machine})
SET machine.fenceSeenAt = $now
WITH machine
WHERE machine.epoch = $epoch AND machine.holder = $holder
MATCH (step:Step {id: $machine + '/' + $step})
SET
  step.state = 'waiting',
  step.outcome = $outcome,
  step.progress = coalesce($progress, step.progress),
  machine.copiedBytes = coalesce($copiedBytes, machine.copiedBytes),
  machine.etaSeconds = $etaSeconds,
  machine.errorSince = null
RETURN machine.id AS id
