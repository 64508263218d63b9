// Drafts whose time is over, and removals that a crash cut short.
MATCH (source:Source)
WHERE source.state = 'removing' OR (source.state = 'draft' AND source.expiresAt < $now)
RETURN source.id AS id
