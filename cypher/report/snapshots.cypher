MATCH (snapshot:Snapshot)<-[:HAS_SNAPSHOT]-(machine:VirtualMachine)
WHERE snapshot.id > '' AND ($source IS NULL OR snapshot.source = $source)
WITH snapshot, machine
ORDER BY snapshot.id
RETURN
  [
    machine.name,
    snapshot.name,
    snapshot.source,
    snapshot.createdAt,
    snapshot.sizeBytes,
    snapshot.depth,
    snapshot.current,
    snapshot.hasMemory,
    snapshot.description,
    snapshot.id
  ] AS cells
