// The number of the last batch of evaluations, and how often machines were removed.
OPTIONAL MATCH (counter:ConcernEvaluation {id: $counter})
RETURN coalesce(counter.revision, 0) AS revision, coalesce(counter.removals, 0) AS removals
