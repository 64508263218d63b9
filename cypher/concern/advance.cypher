// From here on only what changes after this sync has to be looked at.
MERGE (state:ConcernEvaluation {id: $source})
SET state.through = $through
RETURN state.through AS through
