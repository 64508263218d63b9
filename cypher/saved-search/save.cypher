// A name belongs to one search: saving under it again replaces what it stood for.
MERGE (search:SavedSearch {id: $id})
ON CREATE SET search.createdAt = $at, search.createdBy = $by
SET search.name = $name, search.description = $description, search.text = $text,
  search.tree = $tree, search.version = $version, search.kind = $kind, search.changedAt = $at,
  search.changedBy = $by
RETURN search.id AS id
