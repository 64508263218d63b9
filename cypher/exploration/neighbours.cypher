// What stands next to one node, a page at a time. A key is unique: two relationships between the
// same nodes differ in type or direction.
MATCH (n:Entity|Concern|Cause {id: $id})
MATCH (n)-[r]-(m:Entity|Concern|Cause)
WHERE NOT n:Tombstone AND NOT m:Tombstone
  AND ($types IS NULL OR type(r) IN $types)
  AND ($direction = 'both' OR ($direction = 'out') = (startNode(r) = n))
WITH m, r, startNode(r) = n AS outgoing
WITH m, type(r) AS relationship, outgoing,
     m.id + ' ' + type(r) + CASE WHEN outgoing THEN ' >' ELSE ' <' END AS key
WHERE key > $after
WITH m, relationship, outgoing, key
ORDER BY key
LIMIT $limit
RETURN key, relationship, outgoing,
       m.id AS id, coalesce(m.kind, head(labels(m))) AS kind,
       coalesce(m.name, m.label, m.id) AS name
ORDER BY key
