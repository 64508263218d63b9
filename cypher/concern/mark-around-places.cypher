// Marks the machines that a changed cluster, host, datastore or network serves, and keeps what
// rules read of it now.
UNWIND $places AS place
MERGE (kept:EvaluatedPlace {id: place.id})
SET kept.source = $source, kept.facts = place.facts
WITH place.id AS id
MATCH (changed:Entity {id: id})
CALL (changed) {
  MATCH (changed)<-[:RUNS_ON]-(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (changed)-[:HAS_HOST]->(:Host)<-[:RUNS_ON]-(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (changed)<-[:ON_DATASTORE]-(:Disk)<-[:HAS_DISK]-(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (changed)<-[:CONNECTED_TO]-(:Nic)<-[:HAS_NIC]-(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (changed)<-[:AT]-(:Cause)<-[:HELD_BY]-(vm:VirtualMachine)
  RETURN vm
}
WITH DISTINCT vm
WHERE vm.evaluatedCatalogue IS NOT NULL
SET vm.evaluatedCatalogue = null
RETURN count(vm) AS marked
