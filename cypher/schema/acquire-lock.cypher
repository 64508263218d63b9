// One process migrates at a time. The lock is a lease, so that a crash does not hold it for ever.
MERGE (lock:SchemaLock {id: 'schema'})
SET lock.touched = timestamp()
WITH lock
WHERE lock.until IS NULL OR lock.until < timestamp() OR lock.holder = $holder
SET lock.holder = $holder, lock.until = timestamp() + $leaseMs
RETURN lock.holder AS holder
