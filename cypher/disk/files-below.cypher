UNWIND $prefixes AS prefix
MATCH (d:Disk)
WHERE d.file STARTS WITH prefix AND d.source = $source
MATCH (machine:Entity)-[:HAS_DISK]->(d)
WHERE NOT machine:Tombstone
RETURN DISTINCT d.id AS id, d.file AS file, machine.id AS machine, coalesce(d.shared, false) AS shared
