MATCH (search:SavedSearch)
WHERE search.name > $after
RETURN search.id AS id, search.name AS name, search.description AS description,
  search.text AS text, search.tree AS tree, search.version AS version, search.kind AS kind,
  search.createdAt AS createdAt, search.createdBy AS createdBy, search.changedAt AS changedAt,
  search.changedBy AS changedBy
ORDER BY name
LIMIT $limit
