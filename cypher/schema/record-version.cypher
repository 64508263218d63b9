MERGE (applied:SchemaVersion {version: $version})
ON CREATE SET applied.name = $name, applied.appliedAt = $appliedAt
RETURN applied.version AS version
