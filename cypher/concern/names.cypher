// Names of entities and labels of causes, by their ids.
UNWIND $ids AS id
OPTIONAL MATCH (entity:Entity {id: id})
OPTIONAL MATCH (cause:Cause {id: id})
WITH id, coalesce(entity.name, cause.label) AS name
WHERE name IS NOT NULL
RETURN id, name
