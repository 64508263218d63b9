// Claims and volumes of a namespace that have one of the names, but for those of the plan itself.
MATCH (s:Namespace {name: $namespace})<-[:IN_NAMESPACE]-(c:PersistentVolumeClaim|DataVolume)
WHERE s.source = $target AND c.name IN $names
WITH c.name AS name, collect(c) AS holders
WHERE none(c IN holders WHERE $label IN coalesce(c.labels, []))
RETURN name
ORDER BY name
