// The last sync of every source, finished or not: while this stays, so does the inventory.
MATCH (source:Source)
CALL (source) {
  OPTIONAL MATCH (sync:Sync)
  WHERE sync.source = source.id AND sync.number > 0
  RETURN sync.number AS number, sync.status AS status
  ORDER BY sync.source DESC, sync.number DESC
  LIMIT 1
}
RETURN source.id AS source, number, status
ORDER BY source
