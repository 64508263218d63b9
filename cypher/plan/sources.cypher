// Where the machines of a plan come from, and how far each source had been read.
UNWIND $ids AS id
MATCH (s:Source {id: id})
RETURN s {
  .id, name: coalesce(s.name, s.id), kind: coalesce(s.kind, 'unknown'), .lastSync, .lastComplete
} AS source
ORDER BY source.id
