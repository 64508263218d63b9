// Machines that could be migrated: those of a target cluster have arrived.
WITH COLLECT {
  MATCH (target:Source)
  WHERE target.kind = 'kubevirt'
  RETURN target.id
} AS targets
MATCH (vm:VirtualMachine)
WHERE vm.id > '' AND NOT vm.source IN targets AND ($source IS NULL OR vm.source = $source)
WITH vm
ORDER BY vm.id
RETURN
  [
    vm.name,
    vm.source,
    head([(vm)-[:RUNS_ON]->(:Host)<-[:HAS_HOST]-(cluster:Cluster) | cluster.name]),
    coalesce(vm.readiness, 'unknown'),
    coalesce(vm.blockingConcerns, 0),
    coalesce(vm.warningConcerns, 0),
    reduce(
      text = '',
      id IN COLLECT {
        MATCH (vm)-[:HAS_CONCERN]->(concern:Concern {category: 'Critical'})
        RETURN concern.id AS id
        ORDER BY id
      } |
      text + CASE text WHEN '' THEN '' ELSE '; ' END + id
    ),
    vm.powerState,
    coalesce(vm.guestNameFromTools, vm.guestName),
    vm.id
  ] AS cells
