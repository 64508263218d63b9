MATCH (machine:MigratingVirtualMachine {id: $machine})
SET machine.fenceSeenAt = $now
WITH machine
WHERE machine.epoch = $epoch AND machine.holder = $holder
MATCH (step:Step {id: $machine + '/' + $step})
SET
  step.state = 'failed',
  step.endedAt = $now,
  step.outcome = $outcome,
  step.failureKind = $kind,
  step.error = $error,
  machine.error = $error,
  machine.state = $state,
  machine.slot = false,
  machine.etaSeconds = null,
  machine.errorSince = null,
  machine.endedAt = $now
RETURN machine.id AS id
