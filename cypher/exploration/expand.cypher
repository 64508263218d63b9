// What is next to a set of nodes and not known yet: how much in all, and the first by id.
MATCH (n:Entity|Concern|Cause)
WHERE n.id IN $frontier
MATCH (n)-[r]-(m:Entity|Concern|Cause)
WHERE NOT m:Tombstone AND NOT m.id IN $known AND ($types IS NULL OR type(r) IN $types)
WITH DISTINCT m
ORDER BY m.id
WITH collect(m) AS found
RETURN size(found) AS total,
       [m IN found[0..$limit] | {
         id: m.id, kind: coalesce(m.kind, head(labels(m))), name: coalesce(m.name, m.label, m.id)
       }] AS nodes
