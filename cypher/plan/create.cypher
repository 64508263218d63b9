CREATE (p:Plan {
  id: $id, name: $name, description: $description, state: 'draft', revision: 1,
  target: $target, namespace: $namespace,
  search: $search, searchText: $searchText, searchVersion: $searchVersion,
  options: $options, networks: $networks, storage: $storage, sources: $sources,
  findings: '[]', openBlockers: 0, warnings: 0,
  createdAt: $at, createdBy: $by, changedAt: $at, changedBy: $by
})
RETURN p.id AS id
