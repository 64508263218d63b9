MATCH (p:Plan {id: $id})
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
