// What was changed outside for one machine: intent, and what came of it.
MATCH (:MigratingVirtualMachine {id: $machine})-[:HAS_STEP]->(:Step)-[:HAD_EFFECT]->(effect:Effect)
RETURN effect {
  .id, .step, .verb, .target, .epoch, .intentAt, .endedAt, .outcome
} AS effect
ORDER BY effect.intentAt, effect.id
LIMIT $limit
