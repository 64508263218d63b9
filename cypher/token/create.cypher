// Repeating it changes nothing: the id is made before the first try.
MERGE (token:Token {id: $id})
ON CREATE SET token.name = $name, token.role = $role, token.hash = $hash,
  token.createdAt = $createdAt, token.createdBy = $createdBy, token.expiresAt = $expiresAt
RETURN token.id AS id, token.name AS name, token.role AS role, token.createdAt AS createdAt,
  token.createdBy AS createdBy, token.expiresAt AS expiresAt, token.revokedAt AS revokedAt
