// Those of the ids that are in the graph.
MATCH (n:Entity|Concern|Cause)
WHERE n.id IN $ids AND NOT n:Tombstone
RETURN n.id AS id, coalesce(n.kind, head(labels(n))) AS kind,
       coalesce(n.name, n.label, n.id) AS name
ORDER BY id
