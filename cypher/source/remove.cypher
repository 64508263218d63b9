MATCH (source:Source {id: $id})
OPTIONAL MATCH (source)-[:HAS_SYNC]->(sync:Sync)
DETACH DELETE sync, source
RETURN count(*) AS removed
