// The index behind a constraint shows under the constraint's name.
SHOW INDEXES YIELD name, type, state, owningConstraint
WHERE name STARTS WITH $prefix
RETURN name, state, owningConstraint IS NOT NULL AS constraint
