// What the rules found on the machines of a batch replaces what they found before; a concern that
// persists keeps the moment when it was first found.
UNWIND $machines AS row
MATCH (vm:VirtualMachine {id: row.id})
SET
  vm.readiness = row.readiness,
  vm.unknownBecause = row.unknownBecause,
  vm.blockingConcerns = row.blockingConcerns,
  vm.warningConcerns = row.warningConcerns,
  vm.blockers = row.blockers,
  vm.evaluatedIn = $evaluatedIn,
  vm.evaluatedCatalogue = $catalogue,
  vm.evaluatedRevision = $revision,
  vm.evaluationDigest = row.digest
WITH vm, row
CALL (vm, row) {
  OPTIONAL MATCH (vm)-[stale:HAS_CONCERN]->(concern:Concern)
  WHERE NOT concern.id IN row.concernIds
  DELETE stale
  RETURN count(stale) AS staleConcerns
}
CALL (vm, row) {
  OPTIONAL MATCH (vm)-[stale:HELD_BY]->(cause:Cause)
  WHERE NOT cause.id IN row.causeIds
  DELETE stale
  RETURN count(stale) AS staleCauses
}
CALL (vm, row) {
  UNWIND row.concerns AS found
  MATCH (concern:Concern {id: found.rule})
  MERGE (vm)-[fires:HAS_CONCERN]->(concern)
  ON CREATE SET fires.since = $now
  SET fires.facts = found.facts, fires.assessment = found.assessment
}
CALL (vm, row) {
  UNWIND row.causes AS found
  MATCH (cause:Cause {id: found.id})
  MERGE (vm)-[held:HELD_BY]->(cause)
  SET held.category = found.category, held.rule = found.rule
}
RETURN count(vm) AS machines, sum(staleConcerns) + sum(staleCauses) AS stale
