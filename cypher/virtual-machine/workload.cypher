// Machines with all that rules read, 500 at a time: each part in a subquery of its own, because
// one pattern over all parts would multiply them with each other.
UNWIND $ids AS id
MATCH (vm:VirtualMachine {id: id})
CALL (vm) {
  OPTIONAL MATCH (vm)-[:RUNS_ON]->(host:Host)
  OPTIONAL MATCH (host)<-[:HAS_HOST]-(cluster:Cluster)
  RETURN
    CASE WHEN host IS NULL THEN null ELSE {id: host.id, name: coalesce(host.name, '')} END AS host,
    CASE
      WHEN cluster IS NULL THEN null
      ELSE {
        id: cluster.id, name: coalesce(cluster.name, ''), drsEnabled: cluster.drsEnabled,
        drsBehavior: cluster.drsBehavior, dpmEnabled: cluster.dpmEnabled
      }
    END AS cluster
  LIMIT 1
}
RETURN
  vm.id AS id,
  coalesce(vm.name, '') AS name,
  vm.source AS source,
  vm.hash AS hash,
  vm.evaluationDigest AS evaluationDigest,
  COUNT { (vm)-[:HAS_CONCERN]->() } AS concernCount,
  vm.connectionState AS connectionState,
  vm.cpuCount AS cpuCount,
  vm.memoryMB AS memoryMB,
  vm.cpuHotAddEnabled AS cpuHotAddEnabled,
  vm.cpuHotRemoveEnabled AS cpuHotRemoveEnabled,
  vm.memoryHotAddEnabled AS memoryHotAddEnabled,
  vm.cpuAffinity AS cpuAffinity,
  vm.numaNodeAffinity AS numaNodeAffinity,
  vm.faultToleranceEnabled AS faultToleranceEnabled,
  vm.changeTrackingEnabled AS changeTrackingEnabled,
  vm.diskEnableUuid AS diskEnableUuid,
  vm.consolidationNeeded AS consolidationNeeded,
  vm.tpmPresent AS tpmPresent,
  vm.guestId AS guestId,
  vm.guestName AS guestName,
  vm.guestNameFromTools AS guestNameFromTools,
  vm.hostName AS hostName,
  vm.powerState AS powerState,
  vm.sourcePowerState AS sourcePowerState,
  vm.imageProperties AS imageProperties,
  vm.flavorExtraSpecs AS flavorExtraSpecs,
  vm.floatingIpAddresses AS floatingIpAddresses,
  vm.toolsRunningStatus AS toolsRunningStatus,
  host,
  cluster,
  COLLECT {
    MATCH (vm)-[:HAS_DISK]->(disk:Disk)
    OPTIONAL MATCH (disk)-[:ON_DATASTORE]->(datastore:Datastore)
    WITH disk, datastore
    ORDER BY disk.id
    RETURN {
      id: disk.id, name: coalesce(disk.name, ''), key: disk.key, file: disk.file,
      capacityBytes: disk.capacityBytes, bus: disk.bus,
      controllerBusNumber: disk.controllerBusNumber, unitNumber: disk.unitNumber,
      mode: disk.mode, shared: disk.shared, sharing: disk.sharing, rdm: disk.rdm,
      rdmCompatibility: disk.rdmCompatibility,
      changeTrackingEnabled: disk.changeTrackingEnabled,
      status: disk.status, attachmentCount: disk.attachmentCount,
      datastore: CASE
        WHEN datastore IS NULL THEN null
        ELSE {
          id: datastore.id, name: coalesce(datastore.name, ''), accessible: datastore.accessible
        }
      END
    }
  } AS disks,
  COLLECT {
    MATCH (vm)-[:HAS_NIC]->(nic:Nic)
    OPTIONAL MATCH (nic)-[:CONNECTED_TO]->(network:Network)
    WITH nic, network
    ORDER BY nic.id
    RETURN {
      id: nic.id, name: coalesce(nic.name, ''), key: nic.key, model: nic.model,
      network: CASE
        WHEN network IS NULL THEN null
        ELSE {id: network.id, name: coalesce(network.name, '')}
      END
    }
  } AS nics,
  COLLECT {
    MATCH (vm)-[:HAS_DEVICE]->(device:Device)
    // Written so that no index of devices is used: it would lead to those of all machines.
    WHERE any(class IN $deviceClasses WHERE class = device.deviceClass)
      OR any(type IN $deviceTypes WHERE type = device.sourceType)
    WITH device
    ORDER BY device.id
    RETURN {
      id: device.id, name: coalesce(device.name, ''), key: device.key,
      deviceClass: device.deviceClass, sourceType: device.sourceType, summary: device.summary,
      vgpuProfile: device.vgpuProfile, vendorId: device.vendorId, deviceId: device.deviceId
    }
  } AS devices,
  COLLECT {
    MATCH (vm)-[:HAS_SNAPSHOT]->(snapshot:Snapshot)
    WITH snapshot
    ORDER BY snapshot.id
    RETURN {id: snapshot.id, name: coalesce(snapshot.name, ''), createdAt: snapshot.createdAt}
  } AS snapshots,
  COLLECT {
    MATCH (vm)-[:HAS_FILE_SYSTEM]->(system:FileSystem)
    WITH system
    ORDER BY system.id
    RETURN {
      id: system.id, name: coalesce(system.name, ''), path: system.path, type: system.type,
      freeBytes: system.freeBytes, diskKeys: system.diskKeys
    }
  } AS fileSystems,
  COUNT {
    MATCH (vm)-[:HAS_GUEST_NETWORK]->(address:GuestNetwork)
    WHERE coalesce(address.ipAddress, '') <> ''
  } AS guestAddressCount,
  COLLECT {
    MATCH (vm)<-[:HAS_MEMBER]-(:DrsGroup)<-[:FOR_GROUP]-(rule:DrsRule)
    OPTIONAL MATCH (rule)-[:ON_GROUP]->(hosts:DrsGroup)
    WITH DISTINCT rule, hosts
    ORDER BY rule.id
    RETURN {
      id: rule.id, name: coalesce(rule.name, ''), ruleType: rule.ruleType, enabled: rule.enabled,
      mandatory: rule.mandatory, hostGroup: hosts.name
    }
  } AS hostRules
