// Marks the machines of a source that changed after a sync, or whose parts or placement rules did.
MATCH (changed:Entity)
WHERE changed.source = $source AND changed.changedIn > $through
CALL (changed) {
  WITH changed
  WHERE changed:VirtualMachine
  RETURN changed AS vm
  UNION
  MATCH (changed)<-[:HAS_DISK|HAS_NIC|HAS_DEVICE|HAS_SNAPSHOT|HAS_FILE_SYSTEM|HAS_GUEST_NETWORK]-(vm:VirtualMachine)
  RETURN vm
  UNION
  WITH changed
  WHERE changed:DrsGroup
  MATCH (changed)-[:HAS_MEMBER]->(vm:VirtualMachine)
  RETURN vm
  UNION
  WITH changed
  WHERE changed:DrsGroup
  MATCH (changed)<-[:FOR_GROUP|ON_GROUP]-(:DrsRule)-[:FOR_GROUP]->(:DrsGroup)-[:HAS_MEMBER]->(vm:VirtualMachine)
  RETURN vm
  UNION
  // A machine that left the group is no longer tied to it but by its cause.
  WITH changed
  WHERE changed:DrsGroup
  MATCH (changed)<-[:FOR_GROUP]-(rule:DrsRule)<-[:AT]-(:Cause)<-[:HELD_BY]-(vm:VirtualMachine)
  RETURN vm
  UNION
  WITH changed
  WHERE changed:DrsRule
  MATCH (changed)-[:FOR_GROUP]->(:DrsGroup)-[:HAS_MEMBER]->(vm:VirtualMachine)
  RETURN vm
  UNION
  WITH changed
  WHERE changed:DrsRule OR changed:Disk
  MATCH (changed)<-[:AT]-(:Cause)<-[:HELD_BY]-(vm:VirtualMachine)
  RETURN vm
}
WITH DISTINCT vm
WHERE vm.evaluatedCatalogue IS NOT NULL
CALL (vm) {
  SET vm.evaluatedCatalogue = null
} IN TRANSACTIONS OF 5000 ROWS
RETURN count(vm) AS marked
