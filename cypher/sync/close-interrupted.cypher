MATCH (sync:Sync {source: $source, status: 'running'})
WHERE sync.number <= $before
SET sync.status = 'failed', sync.endedAt = $at, sync.error = 'The process that ran it ended before it did'
RETURN sync.number AS number
