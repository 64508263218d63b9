// Files of disks that one sync wrote or removed, and the files they had before.
MATCH (d:Entity {source: $source})
WHERE d.changedIn = $sync AND d.kind = 'Disk'
RETURN d.file AS file, COLLECT {
  MATCH (c:Change {entity: d.id})
  WHERE c.sync = $sync
  RETURN c.fields
} AS changes
