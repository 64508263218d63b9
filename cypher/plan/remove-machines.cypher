MATCH (p:Plan {id: $plan})-[:PLANS]->(v:PlannedVirtualMachine)
WHERE v.entity IN $entities
OPTIONAL MATCH (p)-[:HAS_WAIVER]->(w:Waiver {machine: v.entity})
DETACH DELETE v, w
RETURN count(DISTINCT v) AS removed
