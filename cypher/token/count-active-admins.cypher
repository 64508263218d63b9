// Times are ISO 8601 in UTC, whose order as text is their order in time.
MATCH (token:Token {role: 'admin'})
WHERE token.revokedAt IS NULL AND (token.expiresAt IS NULL OR token.expiresAt > $now)
RETURN count(token) AS tokens
