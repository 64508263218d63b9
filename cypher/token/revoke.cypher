// The time of the first revocation stays.
MATCH (token:Token {id: $id})
SET token.revokedAt = coalesce(token.revokedAt, $revokedAt)
RETURN token.id AS id, token.name AS name, token.role AS role, token.createdAt AS createdAt,
  token.createdBy AS createdBy, token.expiresAt AS expiresAt, token.revokedAt AS revokedAt, token.hash AS hash
