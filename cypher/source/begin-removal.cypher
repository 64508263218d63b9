// Taking the turn for good makes a sync that still runs stop before its next write.
MATCH (source:Source {id: $id})
SET source.state = 'removing', source.syncHolder = 'removal', source.syncUntil = timestamp() + 86400000
REMOVE source.sealed
RETURN source.id AS id
