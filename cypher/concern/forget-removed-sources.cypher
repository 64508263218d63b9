// What evaluations kept of sources that are gone.
MATCH (state:ConcernEvaluation)
WHERE state.id <> $counter AND NOT EXISTS { MATCH (source:Source) WHERE source.id = state.id }
CALL (state) {
  MATCH (place:EvaluatedPlace {source: state.id})
  DELETE place
}
WITH state
DELETE state
RETURN count(state) AS removed
