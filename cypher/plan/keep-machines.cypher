// Makes or renews machines of a plan. The source machine may be gone; its place in the plan stays.
MATCH (p:Plan {id: $plan})
UNWIND $machines AS row
MERGE (v:PlannedVirtualMachine {id: row.id})
ON CREATE SET v.plan = $plan, v.entity = row.entity, v.source = row.source
SET v.name = row.name, v.targetName = row.targetName, v.namespace = row.namespace,
    v.position = row.position, v.facts = row.facts, v.choices = row.choices,
    v.findings = row.findings, v.openBlockers = row.openBlockers, v.warnings = row.warnings
MERGE (p)-[plans:PLANS]->(v)
SET plans.position = row.position
WITH v, row
OPTIONAL MATCH (m:Entity {id: row.entity})
FOREACH (_ IN CASE WHEN m IS NULL THEN [] ELSE [m] END | MERGE (v)-[:MIGRATES_FROM]->(m))
RETURN count(*) AS kept
