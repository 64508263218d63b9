/**
 * How answers are decoded: the fields that are used, of the vim25 types that are read. What is not
 * listed is skipped while it is parsed and costs no memory.
 *
 * `field:type`, with `[]` where vim25 declares an array. Scalars are text, int (whole number, exact
 * or else text), float and bool; `ref` is a managed object reference. A class that the source names
 * and that is not listed is decoded as the declared one: a base type therefore lists the fields
 * of all its subclasses that are used. `*` stands for an element of any name.
 */
export const typeTable: Readonly<Record<string, string>> = {
  // What operations answer.
  ServiceContent:
    'rootFolder:ref propertyCollector:ref sessionManager:ref authorizationManager:ref customFieldsManager:ref taskManager:ref searchIndex:ref about:AboutInfo',
  AboutInfo:
    'name:text fullName:text vendor:text version:text build:text apiType:text apiVersion:text instanceUuid:text productLineId:text',
  UserSession: 'key:text userName:text',
  RetrieveResult: 'token:text objects:ObjectContent[]',
  ObjectContent: 'obj:ref propSet:DynamicProperty[] missingSet:MissingProperty[]',
  DynamicProperty: 'name:text val:value',
  MissingProperty: 'path:text fault:LocalizedMethodFault',
  LocalizedMethodFault: 'fault:MethodFault localizedMessage:text',
  MethodFault:
    'privilegeId:text object:ref obj:ref name:text invalidProperty:text faultMessage:FaultMessage[]',
  FaultMessage: 'message:text',
  UpdateSet: 'version:text truncated:bool filterSet:FilterUpdate[]',
  FilterUpdate: 'objectSet:ObjectUpdate[]',
  // A changed object is read again as a whole, so that the values of the change are not needed.
  ObjectUpdate: 'kind:text obj:ref',
  EntityPrivilege: 'entity:ref privAvailability:PrivilegeAvailability[]',
  PrivilegeAvailability: 'privId:text isGranted:bool',
  UserPrivilegeResult: 'entity:ref privileges:text[]',
  SoapFault: 'faultcode:text faultstring:text detail:FaultDetail',
  FaultDetail: '*:MethodFault',
  TaskInfo: 'key:text state:text error:LocalizedMethodFault progress:int',
  CustomFieldDef: 'key:int name:text managedObjectType:text',
  // Seen on many objects.
  CustomFieldValue: 'key:int value:text',
  Description: 'label:text summary:text',
  OptionValue: 'key:text value:value',
  ResourceAllocationInfo: 'reservation:int limit:int shares:SharesInfo',
  SharesInfo: 'shares:int level:text',
  // Virtual machines.
  VirtualMachineBootOptions: 'efiSecureBootEnabled:bool',
  VirtualHardware: 'numCPU:int numCoresPerSocket:int memoryMB:int device:VirtualDevice[]',
  VirtualDevice:
    'key:int deviceInfo:Description backing:VirtualDeviceBackingInfo connectable:VirtualDeviceConnectInfo slotInfo:VirtualDeviceBusSlotInfo controllerKey:int unitNumber:int busNumber:int sharedBus:text capacityInKB:int capacityInBytes:int macAddress:text addressType:text uptCompatibilityEnabled:bool vDiskId:ID diskObjectId:text capacityInMB:int sriovBacking:VirtualDeviceBackingInfo resourceAllocation:VirtualEthernetCardResourceAllocation',
  VirtualEthernetCardResourceAllocation: 'reservation:int limit:int',
  ID: 'id:text',
  VirtualDeviceConnectInfo: 'startConnected:bool connected:bool',
  VirtualDeviceBusSlotInfo: 'pciSlotNumber:int',
  VirtualDeviceBackingInfo:
    'fileName:text datastore:ref backingObjectId:text diskMode:text thinProvisioned:bool eagerlyScrub:bool writeThrough:bool uuid:text sharing:text changeId:text keyId:CryptoKeyId parent:VirtualDeviceBackingInfo lunUuid:text deviceName:text compatibilityMode:text network:ref port:DistributedVirtualSwitchPortConnection opaqueNetworkId:text opaqueNetworkType:text vgpu:text id:text deviceId:text vendorId:int systemId:text serviceURI:text proxyURI:text direction:text hostname:text assignedId:text allowedDevice:AllowedDevice[] physicalFunctionBacking:VirtualDeviceBackingInfo',
  AllowedDevice: 'vendorId:int deviceId:int',
  CryptoKeyId: 'keyId:text',
  DistributedVirtualSwitchPortConnection: 'switchUuid:text portgroupKey:text portKey:text',
  VirtualMachineAffinityInfo: 'affinitySet:int[]',
  FaultToleranceConfigInfo: 'role:int instanceUuids:text[]',
  VirtualMachineQuickStats:
    'overallCpuUsage:int overallCpuDemand:int guestMemoryUsage:int hostMemoryUsage:int balloonedMemory:int uptimeSeconds:int',
  VirtualMachineStorageSummary: 'committed:int uncommitted:int unshared:int timestamp:text',
  GuestNicInfo:
    'network:text ipAddress:text[] macAddress:text connected:bool deviceConfigId:int dnsConfig:NetDnsConfigInfo ipConfig:NetIpConfigInfo',
  NetDnsConfigInfo: 'dhcp:bool hostName:text domainName:text ipAddress:text[]',
  NetIpConfigInfo: 'ipAddress:NetIpConfigInfoIpAddress[] dhcp:NetDhcpConfigInfo',
  NetIpConfigInfoIpAddress: 'ipAddress:text prefixLength:int origin:text state:text',
  NetDhcpConfigInfo: 'ipv4:NetDhcpOptions ipv6:NetDhcpOptions',
  NetDhcpOptions: 'enable:bool',
  GuestStackInfo: 'dnsConfig:NetDnsConfigInfo ipRouteConfig:NetIpRouteConfigInfo',
  NetIpRouteConfigInfo: 'ipRoute:NetIpRoute[]',
  NetIpRoute: 'network:text prefixLength:int gateway:NetIpRouteGateway',
  NetIpRouteGateway: 'ipAddress:text device:text',
  GuestDiskInfo:
    'diskPath:text capacity:int freeSpace:int filesystemType:text mappings:GuestDiskMapping[]',
  GuestDiskMapping: 'key:int',
  VirtualMachineSnapshotInfo: 'currentSnapshot:ref rootSnapshotList:VirtualMachineSnapshotTree[]',
  VirtualMachineSnapshotTree:
    'snapshot:ref name:text description:text id:int createTime:text state:text quiesced:bool childSnapshotList:VirtualMachineSnapshotTree[]',
  VirtualMachineFileLayoutEx: 'file:LayoutFile[] disk:LayoutDisk[] snapshot:LayoutSnapshot[]',
  LayoutFile: 'key:int name:text type:text size:int uniqueSize:int',
  LayoutDisk: 'key:int chain:LayoutDiskUnit[]',
  LayoutDiskUnit: 'fileKey:int[]',
  LayoutSnapshot: 'key:ref memoryKey:int dataKey:int disk:LayoutDisk[]',
  // Clusters, pools and placement.
  ComputeResourceSummary:
    'totalCpu:int totalMemory:int numCpuCores:int numCpuThreads:int numHosts:int overallStatus:text currentEVCModeKey:text',
  ComputeResourceConfigInfo:
    'dasConfig:ClusterDasConfigInfo drsConfig:ClusterDrsConfigInfo dpmConfigInfo:ClusterDpmConfigInfo vsanConfigInfo:VsanClusterConfigInfo group:ClusterGroupInfo[] rule:ClusterRuleInfo[]',
  ClusterDasConfigInfo: 'enabled:bool hostMonitoring:text admissionControlEnabled:bool',
  ClusterDrsConfigInfo: 'enabled:bool defaultVmBehavior:text',
  ClusterDpmConfigInfo: 'enabled:bool defaultDpmBehavior:text',
  VsanClusterConfigInfo: 'enabled:bool',
  ClusterGroupInfo: 'name:text userCreated:bool vm:ref[] host:ref[]',
  ClusterRuleInfo:
    'key:int name:text enabled:bool mandatory:bool userCreated:bool vm:ref[] vmGroupName:text affineHostGroupName:text antiAffineHostGroupName:text vmGroup:text dependsOnVmGroup:text',
  ResourceConfigSpec:
    'changeVersion:text cpuAllocation:ResourceAllocationInfo memoryAllocation:ResourceAllocationInfo',
  VmConfigInfo: 'product:VAppProductInfo[] entityConfig:VAppEntityConfigInfo[]',
  VAppProductInfo: 'name:text vendor:text version:text',
  VAppEntityConfigInfo: 'key:ref startOrder:int',
  // Storage.
  StoragePodSummary: 'name:text capacity:int freeSpace:int',
  PodStorageDrsEntry: 'storageDrsConfig:StorageDrsConfigInfo',
  StorageDrsConfigInfo: 'podConfig:StorageDrsPodConfigInfo',
  StorageDrsPodConfigInfo: 'enabled:bool',
  DatastoreSummary:
    'name:text url:text type:text capacity:int freeSpace:int uncommitted:int accessible:bool multipleHostAccess:bool maintenanceMode:text',
  DatastoreInfo: 'vmfs:HostVmfsVolume nas:HostNasVolume',
  HostVmfsVolume: 'version:text uuid:text extent:HostScsiDiskPartition[]',
  HostScsiDiskPartition: 'diskName:text partition:int',
  HostNasVolume: 'remoteHost:text remotePath:text remoteHostNames:text[] type:text',
  // Hosts.
  HostHardwareSummary:
    'vendor:text model:text uuid:text memorySize:int cpuModel:text cpuMhz:int numCpuPkgs:int numCpuCores:int numCpuThreads:int otherIdentifyingInfo:HostSystemIdentificationInfo[]',
  HostSystemIdentificationInfo: 'identifierValue:text identifierType:ElementDescription',
  ElementDescription: 'key:text label:text',
  HostListSummaryQuickStats: 'overallCpuUsage:int overallMemoryUsage:int uptime:int',
  HostSystemInfo: 'vendor:text model:text uuid:text serialNumber:text',
  HostBIOSInfo: 'biosVersion:text',
  HostDateTimeInfo: 'timeZone:HostDateTimeSystemTimeZone ntpConfig:HostNtpConfig',
  HostDateTimeSystemTimeZone: 'key:text name:text',
  HostNtpConfig: 'server:text[]',
  HostVirtualSwitch:
    'name:text key:text numPorts:int mtu:int pnic:text[] spec:HostVirtualSwitchSpec',
  HostVirtualSwitchSpec: 'bridge:HostVirtualSwitchBridge',
  HostVirtualSwitchBridge:
    'nicDevice:text[] linkDiscoveryProtocolConfig:LinkDiscoveryProtocolConfig',
  LinkDiscoveryProtocolConfig: 'protocol:text operation:text',
  HostProxySwitch:
    'dvsUuid:text dvsName:text key:text numPorts:int mtu:int pnic:text[] uplinkPort:KeyValue[] spec:HostProxySwitchSpec hostLag:HostProxySwitchHostLagConfig[]',
  KeyValue: 'key:text value:text',
  HostProxySwitchSpec: 'backing:DistributedVirtualSwitchHostMemberBacking',
  DistributedVirtualSwitchHostMemberBacking:
    'pnicSpec:DistributedVirtualSwitchHostMemberPnicSpec[]',
  DistributedVirtualSwitchHostMemberPnicSpec: 'pnicDevice:text uplinkPortKey:text',
  HostProxySwitchHostLagConfig: 'lagKey:text lagName:text uplinkPort:KeyValue[]',
  HostPortGroup: 'key:text vswitch:text spec:HostPortGroupSpec computedPolicy:HostNetworkPolicy',
  HostPortGroupSpec: 'name:text vlanId:int vswitchName:text policy:HostNetworkPolicy',
  HostNetworkPolicy:
    'security:HostNetworkSecurityPolicy nicTeaming:HostNicTeamingPolicy shapingPolicy:HostNetworkTrafficShapingPolicy',
  HostNetworkTrafficShapingPolicy: 'enabled:bool averageBandwidth:int',
  HostNetworkSecurityPolicy: 'allowPromiscuous:bool macChanges:bool forgedTransmits:bool',
  HostNicTeamingPolicy:
    'policy:text notifySwitches:bool rollingOrder:bool failureCriteria:HostNicFailureCriteria nicOrder:HostNicOrderPolicy',
  HostNicFailureCriteria: 'checkBeacon:bool',
  HostNicOrderPolicy: 'activeNic:text[] standbyNic:text[]',
  PhysicalNic: 'key:text device:text pci:text driver:text mac:text linkSpeed:PhysicalNicLinkInfo',
  PhysicalNicLinkInfo: 'speedMb:int duplex:bool',
  PhysicalNicHintInfo:
    'device:text subnet:PhysicalNicHint[] network:PhysicalNicHint[] connectedSwitchPort:PhysicalNicCdpInfo lldpInfo:LinkLayerDiscoveryProtocolInfo',
  PhysicalNicHint: 'vlanId:int',
  PhysicalNicCdpInfo:
    'devId:text portId:text systemName:text hardwarePlatform:text vlan:int mtu:int mgmtAddr:text address:text',
  LinkLayerDiscoveryProtocolInfo: 'chassisId:text portId:text parameter:KeyAnyValue[]',
  KeyAnyValue: 'key:text value:value',
  HostVirtualNic: 'device:text key:text portgroup:text port:text spec:HostVirtualNicSpec',
  HostVirtualNicSpec:
    'ip:HostIpConfig mac:text mtu:int netStackInstanceKey:text portgroup:text distributedVirtualPort:DistributedVirtualSwitchPortConnection opaqueNetwork:HostVirtualNicOpaqueNetworkSpec',
  HostIpConfig: 'dhcp:bool ipAddress:text subnetMask:text',
  HostVirtualNicOpaqueNetworkSpec: 'opaqueNetworkId:text opaqueNetworkType:text',
  VirtualNicManagerNetConfig: 'nicType:text selectedVnic:text[] candidateVnic:CandidateVnic[]',
  CandidateVnic: 'key:text device:text',
  HostHostBusAdapter:
    'key:text device:text bus:int status:text model:text driver:text nodeWorldWideName:int portWorldWideName:int iScsiName:text',
  ScsiLun: 'key:text uuid:text canonicalName:text lunType:text',
  HostPciPassthruInfo: 'id:text sriovEnabled:bool numVirtualFunction:int',
  Tag: 'key:text',
  // Networks.
  NetworkSummary: 'name:text accessible:bool opaqueNetworkId:text opaqueNetworkType:text',
  DVPortgroupConfigInfo:
    'key:text name:text numPorts:int distributedVirtualSwitch:ref defaultPortConfig:DVPortSetting description:text type:text uplink:bool transportZoneUuid:text transportZoneName:text logicalSwitchUuid:text segmentId:text backingType:text policy:DVPortgroupPolicy',
  DVPortgroupPolicy:
    'vlanOverrideAllowed:bool uplinkTeamingOverrideAllowed:bool securityPolicyOverrideAllowed:bool macManagementOverrideAllowed:bool shapingOverrideAllowed:bool',
  DVPortSetting:
    'vlan:VlanSpec securityPolicy:DVSSecurityPolicy macManagementPolicy:HostNetworkSecurityPolicy uplinkTeamingPolicy:TeamingPolicy inShapingPolicy:DVSTrafficShapingPolicy outShapingPolicy:DVSTrafficShapingPolicy',
  DVSTrafficShapingPolicy: 'enabled:PolicyFlag averageBandwidth:PolicyNumber',
  PolicyNumber: 'value:int',
  // A range list and a single id share the name `vlanId`; the classes tell them apart.
  VlanSpec: 'vlanId:int pvlanId:int',
  VmwareDistributedVirtualSwitchTrunkVlanSpec: 'vlanId:NumericRange[]',
  NumericRange: 'start:int end:int',
  DVSSecurityPolicy: 'allowPromiscuous:PolicyFlag macChanges:PolicyFlag forgedTransmits:PolicyFlag',
  PolicyFlag: 'value:bool',
  TeamingPolicy:
    'policy:PolicyText notifySwitches:PolicyFlag rollingOrder:PolicyFlag failureCriteria:DVSFailureCriteria uplinkPortOrder:PortOrderPolicy',
  DVSFailureCriteria: 'checkBeacon:PolicyFlag',
  PolicyText: 'value:text',
  PortOrderPolicy: 'activeUplinkPort:text[] standbyUplinkPort:text[]',
  DVSConfigInfo:
    'uuid:text name:text numPorts:int maxMtu:int uplinkPortPolicy:UplinkPortPolicy productInfo:AboutInfo linkDiscoveryProtocolConfig:LinkDiscoveryProtocolConfig host:DistributedVirtualSwitchHostMember[] networkResourceManagementEnabled:bool lacpGroupConfig:VMwareDvsLacpGroupConfig[] pvlanConfig:VMwareDVSPvlanMapEntry[]',
  VMwareDvsLacpGroupConfig: 'key:text name:text mode:text loadbalanceAlgorithm:text',
  VMwareDVSPvlanMapEntry: 'primaryVlanId:int secondaryVlanId:int pvlanType:text',
  UplinkPortPolicy: 'uplinkPortName:text[]',
  DistributedVirtualSwitchHostMember: 'config:DistributedVirtualSwitchHostMemberConfigInfo',
  DistributedVirtualSwitchHostMemberConfigInfo: 'host:ref',
};

/**
 * Subclasses that stand as a property's own value, where no field declares their base: each is
 * decoded as the type on the right.
 */
export const decodedAs: Readonly<Record<string, string>> = {
  ClusterComputeResourceSummary: 'ComputeResourceSummary',
  ClusterConfigInfoEx: 'ComputeResourceConfigInfo',
  VmfsDatastoreInfo: 'DatastoreInfo',
  NasDatastoreInfo: 'DatastoreInfo',
  LocalDatastoreInfo: 'DatastoreInfo',
  VsanDatastoreInfo: 'DatastoreInfo',
  VvolDatastoreInfo: 'DatastoreInfo',
  PMemDatastoreInfo: 'DatastoreInfo',
  OpaqueNetworkSummary: 'NetworkSummary',
  VMwareDVSConfigInfo: 'DVSConfigInfo',
  VAppConfigInfo: 'VmConfigInfo',
  HostSriovInfo: 'HostPciPassthruInfo',
  FaultToleranceSecondaryConfigInfo: 'FaultToleranceConfigInfo',
  FaultTolerancePrimaryConfigInfo: 'FaultToleranceConfigInfo',
};
