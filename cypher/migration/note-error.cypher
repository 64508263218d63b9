// An error that may pass: the step is repeated, and since when it has been is known.
MATCH (machine:MigratingVirtualMachine {id: $machine})
SET machine.fenceSeenAt = $now
WITH machine, machine.errorSince IS NULL AS first
WHERE machine.epoch = $epoch AND machine.holder = $holder
MATCH (step:Step {id: $machine + '/' + $step})
SET
  step.state = 'retrying',
  step.outcome = $outcome,
  step.error = $error,
  machine.errorSince = CASE WHEN first THEN $now ELSE machine.errorSince END,
  machine.errorCount = CASE WHEN first THEN 1 ELSE machine.errorCount + 1 END
RETURN machine.errorSince AS since, machine.errorCount AS count
