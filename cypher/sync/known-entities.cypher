// The condition on changedIn lets the index over source and changedIn serve the source alone.
MATCH (n:Entity {source: $source})
WHERE n.changedIn >= 0
RETURN n.id AS id, n.kind AS kind, n.hash AS hash, n:Tombstone AS removed
