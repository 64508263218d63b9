// What machines can have in common, for those that a batch of evaluations after this one wrote.
MATCH (vm:VirtualMachine)
WHERE vm.evaluatedRevision > $after
RETURN
  vm.id AS id,
  vm.cpuCount AS cpuCount,
  vm.memoryMB AS memoryMB,
  vm.diskCapacityBytes AS diskCapacityBytes,
  vm.diskCount AS diskCount,
  vm.nicCount AS nicCount,
  vm.firmware AS firmware,
  vm.guestId AS guestId,
  vm.osFamily AS osFamily,
  COLLECT { MATCH (vm)-[:HAS_CONCERN]->(concern:Concern) RETURN concern.id } AS rules,
  COLLECT {
    MATCH (vm)-[:HELD_BY]->(cause:Cause)
    WHERE cause.atKind <> 'VirtualMachine'
    RETURN cause.id
  } AS causes,
  COLLECT { MATCH (vm)-[:ATTACHED_TO]->(network:Network) RETURN network.id } AS networks,
  COLLECT { MATCH (vm)-[:STORED_ON]->(datastore:Datastore) RETURN datastore.id } AS datastores,
  COLLECT {
    MATCH (vm)-[:RUNS_ON]->(:Host)<-[:HAS_HOST]-(cluster:Cluster)
    RETURN cluster.id
  } AS clusters,
  COLLECT { MATCH (vm)-[:TAGGED]->(tag:Tag) RETURN tag.id } AS tags
