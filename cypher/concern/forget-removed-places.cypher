// A place that comes back has to count as changed.
MATCH (gone:Tombstone)
WHERE gone.source = $source AND gone.removedIn > $through
OPTIONAL MATCH (place:EvaluatedPlace {id: gone.id})
WITH sum(CASE WHEN gone.kind = 'VirtualMachine' THEN 1 ELSE 0 END) AS machines, count(gone) AS gone, collect(place) AS places
FOREACH (place IN places | DELETE place)
RETURN gone, machines
