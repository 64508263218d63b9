// An error that may pass: the step is repeated, and since when it has been is known.
MATCH (machine:MigratingVirtualMachine {id: $machine})
SET machine.fenceSeenAt = $now
WITH machine
WHERE machine.epoch = $epoch AND machine.holder = $holder
MATCH (step:Step {id: $machine + '/' + $step})
SET
  step.state = 'retrying',
  step.outcome = $outcome,
  step.error = $error,
  machine.errorSince = coalesce(machine.errorSince, $now),
  machine.errorCount = CASE WHEN machine.errorSince = $now THEN 1 ELSE coalesce(machine.errorCount, 0) + 1 END
RETURN machine.errorSince AS since, machine.errorCount AS count
