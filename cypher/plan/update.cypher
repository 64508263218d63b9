// Writing before the look at the revision makes two people who change a plan take turns.
MATCH (p:Plan {id: $id})
SET p.touched = timestamp()
WITH p
WHERE p.revision = $revision
SET p.revision = $revision + 1, p.name = $name, p.description = $description,
    p.namespace = $namespace, p.state = $state, p.options = $options, p.networks = $networks,
    p.storage = $storage, p.findings = $findings, p.openBlockers = $openBlockers,
    p.warnings = $warnings, p.validatedAt = $validatedAt, p.changedAt = $at, p.changedBy = $by
RETURN p.revision AS revision
