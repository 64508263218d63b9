// Copies of machines that are in a target already: by the record of runs, and by what machines of
// targets say of themselves. What the plan itself has made is left out: its runs pass over it.
CALL () {
  MATCH (done:MigratingVirtualMachine)
  WHERE done.entity IN $entities AND done.state = 'completed' AND done.plan <> $plan
  MATCH (run:Migration {id: done.migration})
  RETURN
    done.entity AS entity,
    done.targetId AS target,
    done.namespace + '/' + done.targetName AS machine,
    run.id AS run,
    run.planName AS planName,
    done.endedAt AS endedAt
  UNION
  MATCH (copy:VirtualMachine)
  WHERE
    copy.migratedFrom IN $entities AND
    NOT $label IN coalesce(copy.customAttributes, [])
  RETURN
    copy.migratedFrom AS entity,
    copy.source AS target,
    coalesce(copy.path, copy.name) AS machine,
    null AS run,
    null AS planName,
    null AS endedAt
}
RETURN entity, target, machine, run, planName, endedAt
ORDER BY entity, run IS NULL, endedAt DESC
