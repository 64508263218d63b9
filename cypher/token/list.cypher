MATCH (token:Token)
WHERE token.id > $after
RETURN token.id AS id, token.name AS name, token.role AS role, token.createdAt AS createdAt,
  token.createdBy AS createdBy, token.expiresAt AS expiresAt, token.revokedAt AS revokedAt
ORDER BY id
LIMIT $limit
