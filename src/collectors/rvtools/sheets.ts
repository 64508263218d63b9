/** Columns that stand at the end of most sheets about machines. Custom attributes come after the first. */
const tail = [
  'Annotation',
  'Datacenter',
  'Cluster',
  'Host',
  'Folder',
  'OS according to the configuration file',
  'OS according to the VMware Tools',
  'VM ID',
  'VM UUID',
  'VI SDK Server',
  'VI SDK UUID',
];
const head = ['VM', 'Powerstate', 'Template', 'SRM Placeholder'];
const sdk = ['VI SDK Server', 'VI SDK UUID'];
const ofHost = ['Host', 'Datacenter', 'Cluster'];
const list = (text: string): string[] => text.split(',').map((column) => column.trim());

/** Shares and limits of a resource pool, for the CPU and again for the memory. */
const poolShares = (name: string): string[] =>
  list(
    'limit, overheadLimit, reservation, level, shares, expandableReservation, maxUsage, overallUsage, reservationUsed, reservationUsedForVm, unreservedForPool, unreservedForVm',
  ).map((column) => `${name} ${column}`);

const poolStatistics = list(
  'overallCpuDemand, overallCpuUsage, staticCpuEntitlement, distributedCpuEntitlement, balloonedMemory, compressedMemory, consumedOverheadMemory, distributedMemoryEntitlement, guestMemoryUsage, hostMemoryUsage, overheadMemory, privateMemory, sharedMemory, staticMemoryEntitlement, swappedMemory',
).map((column) => `QS ${column}`);

const standardPolicy = list(
  'Promiscuous Mode, Mac Changes, Forged Transmits, Traffic Shaping, Width, Peak, Burst, Policy, Reverse Policy, Notify Switch, Rolling Order, Offload, TSO, Zero Copy Xmit',
);
const shaping = list(
  'In Traffic Shaping, In Avg, In Peak, In Burst, Out Traffic Shaping, Out Avg, Out Peak, Out Burst',
);
const numbered = (count: number, columns: (number: number) => string[]): string[] =>
  Array.from({ length: count }, (_, index) => columns(index + 1)).flat();

/** The sheets of an export in the order of RVTools, with their columns as its version 4 names them. */
export const sheetColumns = {
  vInfo: [
    ...head,
    ...list(
      'Config status, DNS Name, Connection state, Guest state, Heartbeat, Consolidation Needed, PowerOn, Suspended To Memory, Suspend time, Suspend Interval, Creation date, Change Version, CPUs, Overall Cpu Readiness, Memory, Active Memory, NICs, Disks, Total disk capacity MiB, Fixed Passthru HotPlug, min Required EVC Mode Key, Latency Sensitivity, Op Notification Timeout, EnableUUID, CBT, Primary IP Address',
    ),
    ...numbered(8, (number) => [`Network #${number}`]),
    ...list(
      'Num Monitors, Video Ram KiB, Resource pool, Folder ID, Folder, vApp, DAS protection, FT State, FT Role, FT Latency, FT Bandwidth, FT Sec. Latency, Vm Failover In Progress, Provisioned MiB, In Use MiB, Unshared MiB, HA Restart Priority, HA Isolation Response, HA VM Monitoring, Cluster rule(s), Cluster rule name(s), Boot Required, Boot delay, Boot retry delay, Boot retry enabled, Boot BIOS setup, Reboot PowerOff, EFI Secure boot, Firmware, HW version, HW upgrade status, HW upgrade policy, HW target, Path, Log directory, Snapshot directory, Suspend directory, Annotation, Datacenter, Cluster, Host, OS according to the configuration file, OS according to the VMware Tools, Customization Info, Guest Detailed Data, VM ID, SMBIOS UUID, VM UUID, VI SDK Server type, VI SDK API Version',
    ),
    ...sdk,
  ],
  vCPU: [
    ...head,
    ...list(
      'CPUs, Sockets, Cores p/s, Max, Overall, Level, Shares, Reservation, Entitlement, DRS Entitlement, Limit, Hot Add, Hot Remove, Numa Hotadd Exposed',
    ),
    ...tail,
  ],
  vMemory: [
    ...head,
    ...list(
      'Size MiB, Memory Reservation Locked To Max, Overhead, Max, Consumed, Consumed Overhead, Private, Shared, Swapped, Ballooned, Active, Entitlement, DRS Entitlement, Level, Shares, Reservation, Limit, Hot Add',
    ),
    ...tail,
  ],
  vDisk: [
    ...head,
    ...list(
      'Disk, Disk Key, Disk UUID, Disk Path, Capacity MiB, Raw, Disk Mode, Sharing mode, Thin, Eagerly Scrub, Split, Write Through, Level, Shares, Reservation, Limit, Controller, Label, SCSI Unit #, Unit #, Shared Bus, Path, Raw LUN ID, Raw Comp. Mode, Internal Sort Column',
    ),
    ...tail,
  ],
  vPartition: [
    ...head,
    ...list('Disk Key, Disk, Capacity MiB, Consumed MiB, Free MiB, Free %, Internal Sort Column'),
    ...tail,
  ],
  vNetwork: [
    ...head,
    ...list(
      'NIC label, Adapter, Network, Switch, Connected, Starts Connected, Mac Address, Type, IPv4 Address, IPv6 Address, Direct Path IO, Internal Sort Column',
    ),
    ...tail,
  ],
  vCD: [
    'Select',
    ...head,
    ...list('Device Node, Connected, Starts Connected, Device Type'),
    ...tail,
    'VMRef',
  ],
  vUSB: [
    'Select',
    ...head,
    ...list(
      'Device Node, Device Type, Connected, Family, Speed, EHCI enabled, Auto connect, Bus number, Unit number',
    ),
    ...tail,
    'VMRef',
  ],
  vSnapshot: [
    ...list(
      'VM, Powerstate, Name, Description, Date / time, Filename, Size MiB (vmsn), Size MiB (total), Quiesced, State',
    ),
    ...tail,
  ],
  vTools: [
    'Upgrade',
    ...head,
    ...list(
      'VM Version, Tools, Tools Version, Required Version, Upgradeable, Upgrade Policy, Sync time, App status, Heartbeat status, Kernel Crash state, Operation Ready, State change support, Interactive Guest',
    ),
    ...tail,
    'VMRef',
  ],
  vSource: [
    ...list(
      'Name, OS type, API type, API version, Version, Patch level, Build, Fullname, Product name, Product version, Product line, Vendor',
    ),
    ...sdk,
  ],
  vRP: [
    ...list('Resource Pool name, Resource Pool path, Status, # VMs total, # VMs, # vCPUs'),
    ...poolShares('CPU'),
    'Mem Configured',
    ...poolShares('Mem'),
    ...poolStatistics,
    'Object ID',
    ...sdk,
  ],
  vCluster: [
    ...list(
      'Name, Config status, OverallStatus, NumHosts, numEffectiveHosts, TotalCpu, NumCpuCores, NumCpuThreads, Effective Cpu, TotalMemory, Effective Memory, Num VMotions, HA enabled, Failover Level, AdmissionControlEnabled, Host monitoring, HB Datastore Candidate Policy, Isolation Response, Restart Priority, Cluster Settings, Max Failures, Max Failure Window, Failure Interval, Min Up Time, VM Monitoring, DRS enabled, DRS default VM behavior, DRS vmotion rate, DPM enabled, DPM default behavior, DPM Host Power Action Rate, Object ID',
    ),
    ...sdk,
  ],
  vHost: [
    ...ofHost,
    ...list(
      'Config status, Compliance Check State, in Maintenance Mode, in Quarantine Mode, vSAN Fault Domain Name, CPU Model, Speed, HT Available, HT Active, # CPU, Cores per CPU, # Cores, CPU usage %, # Memory, Memory Tiering Type, Memory usage %, Console, # NICs, # HBAs, # VMs total, # VMs, VMs per Core, # vCPUs, vCPUs per Core, vRAM, VM Used memory, VM Memory Swapped, VM Memory Ballooned, VMotion support, Storage VMotion support, Current EVC, Max EVC, Assigned License(s), ATS Heartbeat, ATS Locking, Current CPU power man. policy, Supported CPU power man., Host Power Policy, ESX Version, Boot time, DNS Servers, DHCP, Domain, Domain List, DNS Search Order, NTP Server(s), NTPD running, Time Zone, Time Zone Name, GMT Offset, Vendor, Model, Serial number, Service tag, OEM specific string, BIOS Vendor, BIOS Version, BIOS Date, Certificate Issuer, Certificate Start Date, Certificate Expiry Date, Certificate Status, Certificate Subject, Object ID, UUID',
    ),
    ...sdk,
  ],
  vHBA: [...ofHost, ...list('Device, Type, Status, Bus, Pci, Driver, Model, WWN'), ...sdk],
  vNIC: [
    ...ofHost,
    ...list('Network Device, Driver, Speed, Duplex, MAC, Switch, Uplink port, PCI, WakeOn'),
    ...sdk,
  ],
  vSwitch: [...ofHost, ...list('Switch, # Ports, Free Ports'), ...standardPolicy, 'MTU', ...sdk],
  vPort: [...ofHost, ...list('Port Group, Switch, VLAN'), ...standardPolicy, ...sdk],
  dvSwitch: [
    ...list(
      'Switch, Datacenter, Name, Vendor, Version, Description, Created, Host members, Max Ports, # Ports, # VMs',
    ),
    ...shaping,
    ...list(
      'CDP Type, CDP Operation, LACP Name, LACP Mode, LACP Load Balance Alg., Max MTU, Contact, Admin Name, Object ID',
    ),
    ...sdk,
  ],
  dvPort: [
    ...list(
      'Port, Switch, Type, # Ports, VLAN, Speed, Full Duplex, Blocked, Allow Promiscuous, Mac Changes, Active Uplink, Standby Uplink, Policy, Forged Transmits',
    ),
    ...shaping,
    ...list(
      'Reverse Policy, Notify Switch, Rolling Order, Check Beacon, Live Port Moving, Check Duplex, Check Error %, Check Speed, Percentage, Block Override, Config Reset, Shaping Override, Vendor Config Override, Sec. Policy Override, Teaming Override, Vlan Override, Object ID',
    ),
    ...sdk,
  ],
  vSC_VMK: [
    ...ofHost,
    ...list(
      'Port Group, Device, Mac Address, DHCP, IP Address, IP 6 Address, Subnet mask, Gateway, IP 6 Gateway, MTU',
    ),
    ...sdk,
  ],
  vDatastore: [
    ...list(
      'Name, Config status, Address, Accessible, Type, # VMs total, # VMs, Capacity MiB, Provisioned MiB, In Use MiB, Free MiB, Free %, SIOC enabled, SIOC Threshold, # Hosts, Hosts, Cluster name, Cluster capacity MiB, Cluster free space MiB, Block size, Max Blocks, # Extents, Major Version, Version, VMFS Upgradeable, MHA, URL, Object ID',
    ),
    ...sdk,
  ],
  vMultiPath: [
    ...list('Host, Cluster, Datacenter, Datastore, Disk, Display name, Policy, Oper. State'),
    ...numbered(8, (number) => [`Path ${number}`, `Path ${number} state`]),
    ...list('vStorage, Queue depth, Vendor, Model, Revision, Level, Serial #, UUID, Object ID'),
    ...sdk,
  ],
  vLicense: [
    ...list('Name, Key, Labels, Cost Unit, Total, Used, Expiration Date, Features'),
    ...sdk,
  ],
  vFileInfo: [
    ...list(
      'Friendly Path Name, File Name, File Type, File Size in bytes, Path, Internal Sort Column',
    ),
    ...sdk,
  ],
  vHealth: [...list('Name, Message, Message type'), ...sdk],
  vMetaData: list('RVTools major version, RVTools version, xlsx creation datetime, Server'),
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SheetName = keyof typeof sheetColumns;

// Object.keys widens to string; the table has no other keys than its own.
export const sheetNames = Object.keys(sheetColumns) as SheetName[];

const byKey = new Map(sheetNames.map((name) => [name.toLowerCase(), name]));

/** The sheet of a name as it stands in a workbook, or in `RVTools_tab<name>.csv`. */
export const sheetOf = (name: string): SheetName | undefined => byKey.get(name.toLowerCase());
