MATCH (p:Plan {id: $id})
OPTIONAL MATCH (p)-[:PLANS]->(v:PlannedVirtualMachine)
WITH p, collect(v) AS machines
OPTIONAL MATCH (p)-[:HAS_WAIVER]->(w:Waiver)
WITH p, machines, collect(w) AS waivers
FOREACH (v IN machines | DETACH DELETE v)
FOREACH (w IN waivers | DETACH DELETE w)
DETACH DELETE p
RETURN size(machines) AS machines
