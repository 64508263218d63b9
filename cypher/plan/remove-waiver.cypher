MATCH (:Plan {id: $plan})-[:HAS_WAIVER]->(w:Waiver {finding: $finding})
WHERE w.machine = $machine OR (w.machine IS NULL AND $machine IS NULL)
DETACH DELETE w
RETURN count(*) AS removed
