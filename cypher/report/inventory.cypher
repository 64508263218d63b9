// A tombstone has lost the label of its kind, so live objects are those with one.
MATCH (entity:Entity)
WHERE NOT entity:Tombstone AND ($source IS NULL OR entity.source = $source)
WITH entity.source AS source, entity.kind AS kind, count(*) AS objects
RETURN [source, kind, objects] AS cells
ORDER BY source, kind
