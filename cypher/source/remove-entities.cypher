MATCH (n:Entity {source: $id})
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS removed
