// Admission is decided by one process at a time: writing the gate holds its lock to the commit.
MERGE (gate:AdmissionGate {id: 'admission'})
SET gate.usedAt = $now
RETURN gate.id AS id
