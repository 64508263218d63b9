MATCH (search:SavedSearch {id: $id})
WITH search, search.id AS id
DETACH DELETE search
RETURN id
