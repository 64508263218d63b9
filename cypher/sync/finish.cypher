MATCH (source:Source {id: $source})-[:HAS_SYNC]->(sync:Sync {id: $source + '/' + toString($number)})
SET sync.status = $status,
    sync.endedAt = $at,
    sync.counts = $counts,
    sync.omissionCount = $omissionCount,
    sync.omissions = $omissions,
    sync.danglingCount = $danglingCount,
    sync.dangling = $dangling,
    sync.held = $held,
    sync.error = $error
FOREACH (complete IN CASE WHEN $status = 'complete' AND $full THEN [1] ELSE [] END |
  SET source.lastComplete = $number,
      source.lastCompleteAt = $at,
      source.omissionCount = $omissionCount,
      source.omissions = $omissions
)
FOREACH (read IN CASE WHEN $status = 'complete' THEN [1] ELSE [] END |
  SET source.lastReadAt = $at, source.lastError = null
)
FOREACH (failed IN CASE WHEN $status = 'failed' THEN [1] ELSE [] END |
  SET source.lastError = $error
)
RETURN source.staleSince AS staleSince
