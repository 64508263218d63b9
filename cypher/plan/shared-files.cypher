// Machines outside the plan that run on a disk which a machine of the plan uses too.
UNWIND $entities AS entity
MATCH (m:Entity {id: entity})-[:HAS_DISK]->(d:Disk)
WHERE d.shared AND d.file IS NOT NULL
MATCH (e:Disk {file: d.file})<-[:HAS_DISK]-(o:VirtualMachine)
WHERE e.source = d.source AND o <> m
RETURN entity, d.file AS file, collect(DISTINCT o {
  .id, .name, .powerState, inPlan: o.id IN $entities
}) AS peers
ORDER BY entity, file
