MATCH (source:Source {id: $id})
RETURN source.sealed AS sealed
