MATCH (c:Change {source: $id})
WITH c LIMIT $limit
DETACH DELETE c
RETURN count(*) AS removed
