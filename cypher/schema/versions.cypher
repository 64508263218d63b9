MATCH (applied:SchemaVersion)
RETURN applied.version AS version, applied.name AS name, applied.appliedAt AS appliedAt
ORDER BY version
