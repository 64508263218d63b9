MATCH (p:Plan)
WHERE p.id > $after
WITH p ORDER BY p.id
LIMIT $limit
RETURN p {
  .id, .name, .description, .state, .revision, .target, .namespace, .search, .searchText,
  .searchVersion, .options, .networks, .storage, .sources, .findings, .openBlockers, .warnings,
  .createdAt, .createdBy, .changedAt, .changedBy, .validatedAt,
  machineCount: COUNT { (p)-[:PLANS]->() },
  waivers: COLLECT {
    MATCH (p)-[:HAS_WAIVER]->(w:Waiver)
    RETURN w { .id, .plan, .finding, .machine, .reason, .by, .at }
    ORDER BY w.at, w.id
  }
} AS plan
ORDER BY plan.id
