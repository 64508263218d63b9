MATCH (datastore:Datastore)
WHERE datastore.id > '' AND ($source IS NULL OR datastore.source = $source)
WITH datastore
ORDER BY datastore.id
CALL (datastore) {
  MATCH (datastore)<-[:ON_DATASTORE]-(disk:Disk)
  RETURN count(disk) AS disks, sum(disk.capacityBytes) AS diskCapacity
}
RETURN
  [
    datastore.name,
    datastore.source,
    datastore.type,
    datastore.capacityBytes,
    datastore.freeBytes,
    CASE
      WHEN datastore.capacityBytes > 0
        THEN round(100.0 * datastore.freeBytes / datastore.capacityBytes, 1)
    END,
    datastore.uncommittedBytes,
    COUNT { (datastore)<-[:MOUNTS]-(:Host) },
    COUNT { (datastore)<-[:STORED_ON]-(:VirtualMachine) },
    disks,
    diskCapacity,
    datastore.id
  ] AS cells
