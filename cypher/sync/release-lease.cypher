MATCH (source:Source {id: $source, syncHolder: $holder})
REMOVE source.syncHolder, source.syncUntil
RETURN source.id AS id
