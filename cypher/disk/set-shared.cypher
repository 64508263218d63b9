// The machine counts as changed, because what holds it back may have.
UNWIND $rows AS row
MATCH (d:Disk {id: row.id})
SET d.shared = row.shared, d.changedIn = $sync
// What is new in this sync needs no change of its own.
FOREACH (_ IN CASE WHEN d.addedIn < $sync THEN [1] ELSE [] END |
  MERGE (c:Change {id: d.id + '@' + toString($sync) + '.' + toString($batch)})
  ON CREATE SET c.source = d.source, c.sync = $sync, c.batch = $batch, c.entity = d.id,
    c.kind = d.kind, c.name = d.name, c.type = 'changed', c.fields = row.fields, c.at = $at
)
WITH d
MATCH (machine:Entity)-[:HAS_DISK]->(d)
SET machine.changedIn = $sync
RETURN DISTINCT machine.id AS machine
