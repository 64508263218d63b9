// Marks the machines that something removed after a sync belonged to or served. A tombstone keeps
// its relationships, but for those of concerns and causes.
MATCH (gone:Tombstone)
WHERE gone.source = $source AND gone.removedIn > $through
CALL (gone) {
  MATCH (gone)<-[:HAS_DISK|HAS_NIC|HAS_DEVICE|HAS_SNAPSHOT|HAS_FILE_SYSTEM|HAS_GUEST_NETWORK]-(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (gone)<-[:RUNS_ON]-(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (gone)-[:HAS_HOST]->()<-[:RUNS_ON]-(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (gone)<-[:ON_DATASTORE]-(:Disk)<-[:HAS_DISK]-(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (gone)<-[:CONNECTED_TO]-(:Nic)<-[:HAS_NIC]-(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (gone)-[:HAS_MEMBER]->(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (gone)-[:FOR_GROUP]->()-[:HAS_MEMBER]->(vm:VirtualMachine)
  RETURN vm
  UNION
  MATCH (cause:Cause {at: gone.id})<-[:HELD_BY]-(vm:VirtualMachine)
  RETURN vm
}
WITH DISTINCT vm
WHERE vm.evaluatedCatalogue IS NOT NULL
CALL (vm) {
  SET vm.evaluatedCatalogue = null
} IN TRANSACTIONS OF 5000 ROWS
RETURN count(vm) AS marked
