// Relationships of which both ends are in the set.
MATCH (a:Entity|Concern|Cause)
WHERE a.id IN $ids
MATCH (a)-[r]->(b:Entity|Concern|Cause)
WHERE b.id IN $ids AND ($types IS NULL OR type(r) IN $types)
RETURN a.id AS from, b.id AS to, type(r) AS type
ORDER BY from, to, type
LIMIT $limit
