// Writing to the source first makes two starters take turns.
MATCH (source:Source {id: $source})
SET source.touched = timestamp()
WITH source
WHERE source.state <> 'removing'
  AND (source.syncHolder IS NULL OR source.syncHolder = $holder OR source.syncUntil < timestamp())
SET source.syncHolder = $holder,
    source.syncUntil = timestamp() + $leaseMs,
    source.lastSync = coalesce(source.lastSync, 0) + 1
CREATE (source)-[:HAS_SYNC]->(sync:Sync {
  id: $source + '/' + toString(source.lastSync),
  source: $source,
  number: source.lastSync,
  mode: $mode,
  status: 'running',
  startedAt: $at
})
RETURN sync.number AS number, coalesce(source.lastComplete, 0) AS lastComplete
