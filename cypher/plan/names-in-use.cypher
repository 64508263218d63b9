// Machine names that are taken in a namespace: by machines there, or by other open plans.
CALL () {
  MATCH (k:KubernetesCluster {source: $target})-[:HAS_NAMESPACE]->(s:Namespace {name: $namespace})
  MATCH (s)<-[:IN_FOLDER]-(m:VirtualMachine)
  // A machine that this plan made is its own name and not in its way.
  WHERE NOT $label IN coalesce(m.customAttributes, [])
  RETURN m.name AS name, 'target' AS holder
  UNION
  MATCH (p:Plan {target: $target})-[:PLANS]->(v:PlannedVirtualMachine {namespace: $namespace})
  WHERE p.id <> $plan AND p.state IN ['draft', 'validated', 'ready', 'running', 'failed']
  RETURN v.targetName AS name, 'plan ' + p.name AS holder
}
RETURN name, holder
ORDER BY holder, name
