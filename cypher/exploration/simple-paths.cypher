// Paths that visit no node twice, up to a length, shortest first. Each length stands for itself,
// so that a short question never walks as far as a long one.
MATCH (a:Entity|Concern|Cause {id: $from})
MATCH (b:Entity|Concern|Cause {id: $to})
CALL (a, b) {
  WITH a, b WHERE $longest >= 1
  MATCH path = (a)-[*1..1]-(b) RETURN path
  UNION ALL
  WITH a, b WHERE $longest >= 2
  MATCH path = (a)-[*2..2]-(b) RETURN path
  UNION ALL
  WITH a, b WHERE $longest >= 3
  MATCH path = (a)-[*3..3]-(b) RETURN path
  UNION ALL
  WITH a, b WHERE $longest >= 4
  MATCH path = (a)-[*4..4]-(b) RETURN path
  UNION ALL
  WITH a, b WHERE $longest >= 5
  MATCH path = (a)-[*5..5]-(b) RETURN path
  UNION ALL
  WITH a, b WHERE $longest >= 6
  MATCH path = (a)-[*6..6]-(b) RETURN path
}
WITH path
WHERE all(n IN nodes(path) WHERE NOT n:Tombstone AND (n:Entity OR n:Concern OR n:Cause))
  AND all(r IN relationships(path) WHERE $types IS NULL OR type(r) IN $types)
  AND all(n IN nodes(path) WHERE single(m IN nodes(path) WHERE m = n))
WITH path LIMIT $limit
RETURN [n IN nodes(path) | {
         id: n.id, kind: coalesce(n.kind, head(labels(n))), name: coalesce(n.name, n.label, n.id)
       }] AS nodes,
       [r IN relationships(path) | {
         from: startNode(r).id, to: endNode(r).id, type: type(r)
       }] AS relationships
