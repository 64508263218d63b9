MATCH (vm:VirtualMachine)
WHERE vm.id > '' AND ($source IS NULL OR vm.source = $source)
WITH vm
ORDER BY vm.id
CALL (vm) {
  MATCH (vm)-[found:HAS_CONCERN]->(concern:Concern)
  RETURN
    concern,
    found,
    COLLECT {
      MATCH (vm)-[:HELD_BY]->(cause:Cause)-[:OF]->(concern)
      RETURN cause.label AS label
      ORDER BY label
    } AS causes
  ORDER BY concern.id
}
RETURN
  [
    vm.name,
    vm.source,
    head([(vm)-[:RUNS_ON]->(:Host)<-[:HAS_HOST]-(cluster:Cluster) | cluster.name]),
    concern.id,
    concern.category,
    concern.label,
    found.assessment,
    reduce(text = '', cause IN causes | text + CASE text WHEN '' THEN '' ELSE '; ' END + cause),
    found.since,
    vm.id
  ] AS cells
