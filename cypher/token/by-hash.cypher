MATCH (token:Token {hash: $hash})
RETURN token.id AS id, token.name AS name, token.role AS role, token.createdAt AS createdAt,
  token.createdBy AS createdBy, token.expiresAt AS expiresAt, token.revokedAt AS revokedAt, token.hash AS hash
