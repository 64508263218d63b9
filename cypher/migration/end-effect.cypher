MATCH (effect:Effect {id: $id})
SET effect.outcome = $outcome, effect.endedAt = $now
RETURN effect.id AS id
