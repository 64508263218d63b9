// Disks whose backing file begins so: a file and its snapshot deltas.
UNWIND $stems AS stem
MATCH (disk:Disk)
WHERE disk.file STARTS WITH stem AND disk.source = $source
OPTIONAL MATCH (disk)-[:ON_DATASTORE]->(datastore:Datastore)
RETURN disk.id AS id, disk.file AS file, datastore.id AS datastore
