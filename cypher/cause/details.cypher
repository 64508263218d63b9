// What is shown of causes.
UNWIND $ids AS id
MATCH (cause:Cause {id: id})
OPTIONAL MATCH (place:Entity {id: cause.at})
RETURN
  cause.id AS id,
  cause.label AS label,
  cause.remedy AS remedy,
  cause.rule AS rule,
  cause.category AS category,
  cause.at AS at,
  cause.atKind AS atKind,
  place.name AS place
