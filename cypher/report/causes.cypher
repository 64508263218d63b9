MATCH (cause:Cause)
WHERE cause.id > ''
WITH
  cause,
  COUNT {
    MATCH (cause)<-[:HELD_BY]-(vm:VirtualMachine)
    WHERE $source IS NULL OR vm.source = $source
  } AS machines
WHERE machines > 0
RETURN
  [
    cause.label,
    cause.rule,
    cause.category,
    cause.remedy,
    cause.atKind,
    cause.at,
    machines,
    cause.id
  ] AS cells
ORDER BY machines DESC, cause.id
