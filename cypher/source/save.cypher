// A property that is null is left as it is.
MERGE (source:Source {id: $id})
ON CREATE SET source.createdAt = $at, source.lastSync = 0
SET source.name = $name,
    source.kind = $kind,
    source.state = $state,
    source.address = coalesce($address, source.address),
    source.fingerprint = coalesce($fingerprint, source.fingerprint),
    source.product = coalesce($product, source.product),
    source.version = coalesce($version, source.version),
    source.instanceId = coalesce($instanceId, source.instanceId),
    source.settings = coalesce($settings, source.settings),
    source.sealed = coalesce($sealed, source.sealed),
    source.intervalSeconds = coalesce($intervalSeconds, source.intervalSeconds),
    source.expiresAt = $expiresAt,
    source.changedAt = $at
RETURN source.id AS id
