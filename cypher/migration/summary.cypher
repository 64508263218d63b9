MATCH (migration:Migration {id: $migration})
RETURN
  migration {
    .id, .plan, .planName, .state, .createdBy, .createdAt, .startedAt, .endedAt
  } AS migration,
  COLLECT {
    MATCH (migration)-[:MIGRATES]->(machine:MigratingVirtualMachine)
    WITH
      machine.state AS state,
      count(*) AS machines,
      sum(machine.copiedBytes) AS copiedBytes,
      sum(machine.totalBytes) AS totalBytes,
      max(machine.etaSeconds) AS etaSeconds
    RETURN {
      state: state,
      machines: machines,
      copiedBytes: copiedBytes,
      totalBytes: totalBytes,
      etaSeconds: etaSeconds
    }
  } AS states
