// All paths of the least length between two nodes.
MATCH (a:Entity|Concern|Cause {id: $from})
MATCH (b:Entity|Concern|Cause {id: $to})
MATCH path = allShortestPaths((a)-[*1..12]-(b))
WHERE all(n IN nodes(path) WHERE NOT n:Tombstone AND (n:Entity OR n:Concern OR n:Cause))
  AND all(r IN relationships(path) WHERE $types IS NULL OR type(r) IN $types)
WITH path LIMIT $limit
RETURN [n IN nodes(path) | {
         id: n.id, kind: coalesce(n.kind, head(labels(n))), name: coalesce(n.name, n.label, n.id)
       }] AS nodes,
       [r IN relationships(path) | {
         from: startNode(r).id, to: endNode(r).id, type: type(r)
       }] AS relationships
