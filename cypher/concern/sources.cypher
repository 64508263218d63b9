// Sources with how far their concerns were evaluated, and the sync that is still running.
MATCH (source:Source)
OPTIONAL MATCH (state:ConcernEvaluation {id: source.id})
CALL (source) {
  OPTIONAL MATCH (sync:Sync)
  WHERE sync.source = source.id AND sync.number >= 0 AND sync.status = 'running'
  RETURN min(sync.number) AS runningSync
}
CALL (source) {
  OPTIONAL MATCH (entity:Entity)
  WHERE entity.source = source.id AND entity.changedIn >= 0
  RETURN entity.changedIn AS lastChange
  ORDER BY entity.source DESC, entity.changedIn DESC
  LIMIT 1
}
CALL (source) {
  OPTIONAL MATCH (gone:Tombstone)
  WHERE gone.source = source.id AND gone.removedIn >= 0
  RETURN gone.removedIn AS lastRemoval
  ORDER BY gone.source DESC, gone.removedIn DESC
  LIMIT 1
}
RETURN
  source.id AS id,
  source.kind AS kind,
  state.through AS through,
  runningSync,
  lastChange,
  lastRemoval
ORDER BY id
