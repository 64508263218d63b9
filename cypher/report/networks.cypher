MATCH (network:Network)
WHERE network.id > '' AND ($source IS NULL OR network.source = $source)
WITH network
ORDER BY network.id
RETURN
  [
    network.name,
    network.source,
    network.variant,
    network.vlanType,
    network.vlanId,
    reduce(
      text = '',
      range IN coalesce(network.trunkRanges, []) |
      text + CASE text WHEN '' THEN '' ELSE '; ' END + range
    ),
    head([(network)-[:ON_SWITCH]->(switch:Switch) | switch.name]),
    COUNT { (network)<-[:OFFERS_NETWORK]-(:Host) },
    COUNT { (network)<-[:ATTACHED_TO]-(:VirtualMachine) },
    COUNT { (network)<-[:CONNECTED_TO]-(:Nic) },
    network.id
  ] AS cells
