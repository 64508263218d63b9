// What one place of a tree holds, with how much each of it holds in turn. Machines of a vApp stand
// in no folder: the pool is their place.
MATCH (p:Entity {id: $parent})-[e:CHILD_OF|IN_FOLDER|IN_POOL|HAS_HOST|RUNS_ON]-(c)
WHERE p.kind IN $kinds AND c.kind IN $kinds AND NOT c:Tombstone
  AND (startNode(e) = p) = (type(e) = 'HAS_HOST')
  AND (c.kind <> 'Folder' OR c.folderType IN $folderTypes)
WITH DISTINCT c
WHERE c.name > $afterName OR (c.name = $afterName AND c.id > $afterId)
WITH c ORDER BY c.name, c.id LIMIT $limit
RETURN c.id AS id, c.kind AS kind, c.name AS name,
       COUNT {
         MATCH (c)-[r:CHILD_OF|IN_FOLDER|IN_POOL|HAS_HOST|RUNS_ON]-(d)
         WHERE d.kind IN $kinds AND NOT d:Tombstone
           AND (startNode(r) = c) = (type(r) = 'HAS_HOST')
           AND (d.kind <> 'Folder' OR d.folderType IN $folderTypes)
       } AS children
ORDER BY name, id
