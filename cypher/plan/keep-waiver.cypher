MATCH (p:Plan {id: $plan})
MERGE (w:Waiver {id: $id})
SET w.plan = $plan, w.finding = $finding, w.machine = $machine, w.reason = $reason,
    w.by = $by, w.at = $at
MERGE (p)-[:HAS_WAIVER]->(w)
RETURN w.id AS id
