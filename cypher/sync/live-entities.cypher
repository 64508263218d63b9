MATCH (n:Entity {source: $source})
WHERE n.changedIn >= 0 AND n.kind IN $kinds AND NOT n:Tombstone
RETURN n.id AS id, n.kind AS kind, n.name AS name
