MATCH (source:Source {id: $source, syncHolder: $holder})
SET source.syncUntil = timestamp() + $leaseMs,
    source.lastReadAt = coalesce($readAt, source.lastReadAt)
RETURN source.id AS id
