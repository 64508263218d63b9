MATCH (source:Source)
WHERE ($id IS NULL OR source.id = $id) AND source.state <> 'removing'
RETURN source.id AS id, source.name AS name, source.kind AS kind, source.state AS state,
       source.address AS address, source.fingerprint AS fingerprint, source.product AS product,
       source.version AS version, source.instanceId AS instanceId, source.settings AS settings,
       source.intervalSeconds AS intervalSeconds, source.createdAt AS createdAt,
       source.expiresAt AS expiresAt, source.lastSync AS lastSync,
       source.lastComplete AS lastComplete, source.lastCompleteAt AS lastCompleteAt,
       source.lastReadAt AS lastReadAt, source.lastError AS lastError,
       source.staleSince AS staleSince, source.omissionCount AS omissionCount,
       source.omissions AS omissions
ORDER BY name, id
