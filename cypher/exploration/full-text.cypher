// What the index over names, addresses, notes and tags finds, best first.
CALL db.index.fulltext.queryNodes($index, $query, {limit: $limit}) YIELD node, score
WHERE NOT node:Tombstone
RETURN node.id AS id, coalesce(node.kind, head(labels(node))) AS kind,
       coalesce(node.name, node.label, node.id) AS name, score
ORDER BY score DESC, id
