// Rules that fire on the machines of a batch.
UNWIND $concerns AS row
MERGE (concern:Concern {id: row.id})
SET
  concern.category = row.category,
  concern.label = row.label,
  concern.provider = row.provider,
  concern.catalogue = $catalogue
