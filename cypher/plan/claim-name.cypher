// Names are given one at a time: writing the gate holds its lock to the commit. Returns the plan
// that has the name already.
MERGE (gate:AdmissionGate {id: 'plan-names'})
SET gate.usedAt = $at
WITH gate
MATCH (other:Plan {name: $name})
WHERE other.id <> $plan AND other.state <> 'archived'
RETURN other.id AS id, other.state AS state, other.createdBy AS createdBy
ORDER BY other.createdAt
LIMIT 1
