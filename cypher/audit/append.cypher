MATCH (head:Setting {id: 'audit-head'})
SET head.sequence = $sequence, head.hash = $hash, head.mark = $mark
CREATE (entry:AuditEntry {
  id: $id, at: $at, actor: $actor, tokenId: $tokenId, role: $role, action: $action,
  subject: $subject, operation: $operation, phase: $phase, details: $details,
  previousHash: $previousHash, hash: $hash
})
RETURN entry.id AS id
