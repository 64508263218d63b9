MATCH (d:Disk)
WHERE d.source = $source AND d.file IS NOT NULL
MATCH (machine:Entity)-[:HAS_DISK]->(d)
WHERE NOT machine:Tombstone
RETURN d.id AS id, d.file AS file, machine.id AS machine, coalesce(d.shared, false) AS shared
