MATCH (machine:MigratingVirtualMachine {id: $machine})
SET machine.fenceSeenAt = $now
WITH machine
WHERE machine.epoch = $epoch AND machine.holder = $holder
MATCH (migration:Migration {id: machine.migration})
WHERE machine.direction = 'back' OR migration.state = 'running'
MATCH (step:Step {id: $machine + '/' + $step})
SET
  machine.step = $step,
  machine.startedAt = coalesce(machine.startedAt, $now),
  step.attempts = step.attempts + CASE step.state WHEN 'waiting' THEN 0 ELSE 1 END,
  step.state = 'running',
  step.intentAt = $now,
  step.startedAt = coalesce(step.startedAt, $now)
RETURN step.startedAt AS startedAt
