MATCH (lock:SchemaLock {id: 'schema', holder: $holder})
REMOVE lock.holder, lock.until
RETURN lock.id AS id
