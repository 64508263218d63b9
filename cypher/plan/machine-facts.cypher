// Everything a plan needs to know of its machines, in the order asked for.
UNWIND range(0, size($ids) - 1) AS place
MATCH (m:Entity {id: $ids[place]})
WHERE m:VirtualMachine
RETURN place, m {
  .id, .source, .externalId, .name, .uuid, .instanceUuid, .path, .powerState, .connectionState,
  .firmware, .secureBoot, .cpuCount, .coresPerSocket, .memoryMB, .nestedVirtualizationEnabled,
  .faultToleranceEnabled, .consolidationNeeded, .snapshotCount, .tpmPresent, .encrypted, .guestId,
  .guestName, .guestNameFromTools, .osFamily, .hostName, .toolsStatus, .toolsRunningStatus,
  .customAttributes,
  host: head(COLLECT {
    MATCH (m)-[:RUNS_ON]->(h:Host)
    OPTIONAL MATCH (h)<-[:HAS_HOST]-(c:Cluster)
    RETURN h { .id, .externalId, .name, .timezone, .inMaintenanceMode,
               cluster: c.id, clusterName: c.name }
  }),
  disks: COLLECT {
    MATCH (m)-[:HAS_DISK]->(d:Disk)
    OPTIONAL MATCH (d)-[:ON_DATASTORE]->(s)
    RETURN d { .id, .key, .name, .file, .capacityBytes, .bus, .controllerBusNumber, .unitNumber,
               .mode, .shared, .rdm, .serial, .changeTrackingEnabled,
               datastore: s.id, datastoreName: s.name }
    ORDER BY d.key, d.id
  },
  nics: COLLECT {
    MATCH (m)-[:HAS_NIC]->(n:Nic)
    OPTIONAL MATCH (n)-[:CONNECTED_TO]->(w)
    RETURN n { .id, .key, .order, .mac, .model, .startConnected,
               network: w.id, networkName: coalesce(w.name, n.networkName) }
    ORDER BY n.order, n.key, n.id
  },
  devices: COLLECT {
    MATCH (m)-[:HAS_DEVICE]->(e:Device)
    WHERE e.deviceClass IN ['pciPassthrough', 'vgpu', 'sriov', 'usb', 'tpm', 'nvdimm', 'scsiPassthrough', 'sgx']
    RETURN e { .name, .deviceClass, .vgpuProfile, .backing, .summary }
    ORDER BY e.key, e.id
  },
  addresses: COLLECT {
    MATCH (m)-[:HAS_GUEST_NETWORK]->(g:GuestNetwork)
    RETURN g { .mac, .ipAddress, .prefixLength, .origin }
    ORDER BY g.mac, g.ipAddress
  },
  concerns: COLLECT {
    MATCH (m)-[found:HAS_CONCERN]->(o:Concern)
    RETURN o { .id, .category, .label, assessment: found.assessment }
    ORDER BY o.id
  },
  tags: COLLECT {
    MATCH (m)-[:TAGGED]->(t:Tag)
    RETURN t { .name, .category }
    ORDER BY t.category, t.name
  }
} AS machine
ORDER BY place
