// Clusters, hosts, datastores and networks that changed after a sync, with what rules read of
// them: their usage figures change with every sync, which concerns no machine.
MATCH (place:Entity)
WHERE place.source = $source AND place.changedIn > $through
  AND (place:Cluster OR place:Host OR place:Datastore OR place:Network)
OPTIONAL MATCH (before:EvaluatedPlace {id: place.id})
WITH place, before,
  CASE
    WHEN place:Cluster THEN [
      place.name, toString(place.drsEnabled), place.drsBehavior, toString(place.dpmEnabled)
    ]
    WHEN place:Host THEN [place.name, head([(place)<-[:HAS_HOST]-(cluster:Cluster) | cluster.id])]
    WHEN place:Datastore THEN [place.name, toString(place.accessible)]
    ELSE [place.name]
  END AS facts
WITH place.id AS id, before.facts AS known, [fact IN facts | coalesce(fact, '')] AS facts
WHERE known IS NULL OR known <> facts
RETURN id, facts
