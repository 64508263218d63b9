// VLAN ids of networks: their own, or that of the port groups behind a standard network.
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n:Network
OPTIONAL MATCH (n)<-[:BACKS]-(g:PortGroup)
WITH n, collect(DISTINCT g.vlanId) AS groups
WITH n, CASE WHEN n.vlanId IS NOT NULL THEN n.vlanId WHEN size(groups) = 1 THEN groups[0] END AS vlanId
WHERE vlanId > 0 AND vlanId < 4095
RETURN n.id AS id, vlanId
