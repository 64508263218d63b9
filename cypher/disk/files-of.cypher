// Files of disks that were just written or removed, and the files they had before.
UNWIND $ids AS id
MATCH (d:Entity {id: id})
RETURN d.file AS file, COLLECT {
  MATCH (c:Change {entity: d.id})
  WHERE c.sync = $sync
  RETURN c.fields
} AS changes
