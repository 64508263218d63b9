// Newest first, for people.
MATCH (entry:AuditEntry)
WHERE entry.id < $before
  AND ($actor IS NULL OR entry.actor = $actor)
  AND ($subject IS NULL OR entry.subject = $subject)
  AND ($action IS NULL OR entry.action = $action)
RETURN entry.id AS id, entry.at AS at, entry.actor AS actor, entry.tokenId AS tokenId,
  entry.role AS role, entry.action AS action, entry.subject AS subject,
  entry.operation AS operation, entry.phase AS phase, entry.details AS details,
  entry.previousHash AS previousHash, entry.hash AS hash
ORDER BY id DESC
LIMIT $limit
