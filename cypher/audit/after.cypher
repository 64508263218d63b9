// Oldest first, for the check of the chain.
MATCH (entry:AuditEntry)
WHERE entry.id > $after
RETURN entry.id AS id, entry.at AS at, entry.actor AS actor, entry.tokenId AS tokenId,
  entry.role AS role, entry.action AS action, entry.subject AS subject,
  entry.operation AS operation, entry.phase AS phase, entry.details AS details,
  entry.previousHash AS previousHash, entry.hash AS hash
ORDER BY id
LIMIT $limit
