// What holds the machines whose concerns were written by a batch of evaluations after this one.
MATCH (vm:VirtualMachine)
WHERE vm.evaluatedRevision > $after
RETURN
  vm.id AS id,
  vm.unknownBecause IS NOT NULL AS unknown,
  COLLECT { MATCH (vm)-[:HELD_BY]->(cause:Cause) RETURN cause.id } AS causes
