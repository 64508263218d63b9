MATCH (source:Source {id: $source})
RETURN source.state AS state
