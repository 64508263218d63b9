// Tops of a tree: folders and datacenters that nothing holds.
MATCH (c:Folder|Datacenter)
WHERE ($source IS NULL OR c.source = $source)
  AND NOT EXISTS { (c)-[:CHILD_OF]->(:Folder|Datacenter) }
  AND (c:Datacenter OR c.folderType IN $folderTypes)
WITH c
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
