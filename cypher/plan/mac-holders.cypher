// Adapters of the target that have one of the MAC addresses, but for machines that the plan itself
// has made.
UNWIND $macs AS mac
MATCH (n:Nic {mac: mac})<-[:HAS_NIC]-(m:VirtualMachine)
WHERE n.source = $target AND NOT $label IN coalesce(m.customAttributes, [])
RETURN mac, collect(m.path) AS machines
ORDER BY mac
