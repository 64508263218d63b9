// Entities that came, changed or went after one sync, with what later syncs say about them.
MATCH (n:Entity {source: $source})
WHERE n.changedIn > $from AND n.id > $after
WITH n ORDER BY n.id
WITH n, COLLECT {
  MATCH (c:Change {entity: n.id})
  WHERE c.sync > $from AND c.sync <= $to
  RETURN {type: c.type, fields: c.fields}
  ORDER BY c.sync, c.batch
} AS changes
WHERE size(changes) > 0 OR (n.addedIn > $from AND n.addedIn <= $to)
RETURN n.id AS id, n.kind AS kind, n.name AS name, n.addedIn AS addedIn, changes
LIMIT $limit
