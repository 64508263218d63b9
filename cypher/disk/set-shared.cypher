// The machine counts as changed, because what holds it back may have.
UNWIND $rows AS row
MATCH (d:Disk {id: row.id})
SET d.shared = row.shared, d.changedIn = $sync
WITH d
MATCH (machine:Entity)-[:HAS_DISK]->(d)
SET machine.changedIn = $sync
RETURN DISTINCT machine.id AS machine
