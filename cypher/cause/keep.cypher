// Causes that hold the machines of a batch, each at the one entity where it is fixed.
UNWIND $causes AS row
MATCH (concern:Concern {id: row.rule})
MERGE (cause:Cause {id: row.id})
SET
  cause.label = row.label,
  cause.remedy = row.remedy,
  cause.rule = row.rule,
  cause.category = row.category,
  cause.at = row.at,
  cause.atKind = row.atKind
MERGE (cause)-[:OF]->(concern)
WITH cause, row
OPTIONAL MATCH (cause)-[stale:AT]->(other)
WHERE other.id <> row.at
DELETE stale
WITH DISTINCT cause, row
MATCH (place:Entity {id: row.at})
MERGE (cause)-[:AT]->(place)
