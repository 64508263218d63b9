// Adapters of the target that have one of the MAC addresses, but for machines that came from a
// machine of the plan itself.
UNWIND $macs AS mac
MATCH (n:Nic {mac: mac})<-[:HAS_NIC]-(m:VirtualMachine)
WHERE n.source = $target AND NOT coalesce(m.migratedFrom, '') IN $entities
RETURN mac, collect(m.path) AS machines
ORDER BY mac
