MATCH (n:Entity {source: $id})
WHERE n.changedIn >= 0 AND coalesce(n.stale, false) <> $stale
WITH n LIMIT $limit
SET n.stale = $stale
RETURN count(*) AS marked
