MATCH (sync:Sync {source: $source})
WHERE sync.number < $before
RETURN sync.number AS number, sync.mode AS mode, sync.status AS status,
       sync.startedAt AS startedAt, sync.endedAt AS endedAt, sync.counts AS counts,
       sync.omissionCount AS omissionCount, sync.omissions AS omissions,
       sync.danglingCount AS danglingCount, sync.dangling AS dangling,
       sync.held AS held, sync.error AS error
ORDER BY number DESC
LIMIT $limit
