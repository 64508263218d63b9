// A source owes a read within three of its intervals.
MATCH (source:Source {state: 'saved'})
WHERE source.intervalSeconds IS NOT NULL
WITH source,
     datetime(coalesce(source.lastReadAt, source.createdAt))
       + duration({seconds: 3 * source.intervalSeconds}) < datetime($now) AS stale
WHERE stale <> (source.staleSince IS NOT NULL)
SET source.staleSince = CASE WHEN stale THEN $now END
RETURN source.id AS id, stale
