// Counts the batches of evaluations. The lock on the counter makes batches take turns, so that
// whoever reads a number knows that all batches up to it are there.
MERGE (counter:ConcernEvaluation {id: $counter})
SET
  counter.revision = coalesce(counter.revision, 0) + 1,
  counter.removals = coalesce(counter.removals, 0) + $removals
RETURN counter.revision AS revision
