import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyCollector } from '../../../src/collectors/any-collector.js';
import { SyncEngine } from '../../../src/collectors/engine/index.js';
import { sheetColumns } from '../../../src/collectors/rvtools/index.js';
import { SourceRegistry } from '../../../src/collectors/sources/index.js';
import { mapObject } from '../../../src/collectors/vsphere/map/map-object.js';
import { demoCollector } from '../../../src/demo/index.js';
import { demoEstate } from '../../../src/demo/demo-estate.js';
import { migrate, type AnyRecord, type EntityKind } from '../../../src/graph/index.js';
import { exportWorkbook } from '../../../src/reports/index.js';
import { openTestGraph } from '../../graph/open-test-graph.js';
import { wipeGraph } from '../../real/neo4j.js';
import { emptyUpload, type Upload } from './export-files.js';
import { readExport, type ReadExport } from './read-export.js';
import { differences } from './estate-differences.js';

const machines = 120;
const configuration = { machines, seed: 1 };

/**
 * What a workbook has no column for. Everything else of these kinds has to come back as it was; a
 * property that does come back must not stand here either.
 */
const leftOut: Readonly<Partial<Record<EntityKind, readonly string[]>>> = {
  // vCluster has the clusters of several hosts alone, and no datacenter; uplinks are no networks
  // that a host offers to machines in an export.
  Cluster: [
    'cpuCores',
    'cpuTotalMHz',
    'edge:networks',
    'edge:parent',
    'evcMode',
    'hostCount',
    'memoryTotalBytes',
    'overallStatus',
    'path',
    'vsanEnabled',
  ],
  Datacenter: ['edge:parent'],
  Datastore: ['edge:parent', 'extents', 'ioControlSupported', 'maintenanceMode'],
  // One without datastores is named nowhere.
  DatastoreCluster: ['edge:parent', 'missing', 'path', 'storageDrsEnabled'],
  Device: ['backing', 'key'],
  Disk: [
    'allocatedBytes',
    'changeTrackingEnabled',
    'controllerKey',
    'controllerType',
    'deviceName',
    'encrypted',
    'winDriveLetter',
  ],
  DrsGroup: ['missing'],
  DrsRule: ['missing'],
  FileSystem: ['type'],
  // Folders of hosts, datastores and networks; those of machines come back.
  Folder: ['missing'],
  GuestNetwork: ['deviceConfigId', 'dhcpEnabled', 'dns', 'origin', 'prefixLength', 'state'],
  GuestRoute: ['missing'],
  // Usage stands there in whole percents.
  Host: [
    'connectionState',
    'cpuThreads',
    'cpuUsageMHz',
    'edge:networks',
    'managementIps',
    'managementServerIp',
    'memoryUsageMB',
    'powerState',
    'thumbprint',
  ],
  // A private VLAN is written as any other; port groups of the hypervisor itself are networks too.
  Network: [
    'accessible',
    'edge:parent',
    'edge:vlan',
    'isUplink',
    'new',
    'opaqueId',
    'opaqueType',
    'path',
    'portGroupKey',
    'segmentId',
    'transportZone',
    'variant',
    'vlanType',
  ],
  Nic: ['key', 'networkName', 'physicalFunction', 'portKey'],
  // No sheet tells what network cards hear.
  PhysicalNic: [
    'edge:pluggedInto',
    'observedVlans',
    'sriovVirtualFunctions',
    'switchName',
    'switchPort',
    'uplink',
  ],
  PhysicalSwitch: ['missing'],
  PortGroup: ['activeUplinks', 'edge:network', 'standbyUplinks'],
  ResourcePool: ['product', 'variant', 'vendor'],
  Snapshot: ['current', 'depth', 'edge:parent', 'hasMemory'],
  Switch: [
    'discoveryOperation',
    'discoveryProtocol',
    'edge:parent',
    'networkIoControl',
    'uplinks',
    'uuid',
  ],
  SwitchPort: ['missing'],
  Tag: ['missing'],
  Template: [
    'encrypted',
    'guestId',
    'nestedVirtualizationEnabled',
    'toolsRunningStatus',
    'toolsVersionStatus',
    'tpmPresent',
  ],
  // Notes are cut where a spreadsheet cell ends; an empty host name is none; networks of a machine
  // without readable configuration; the datastore of the configuration file, which the estate omits.
  VirtualMachine: [
    'annotation',
    'cpuAffinity',
    'edge:datastores',
    'edge:networks',
    'edge:tags',
    'encrypted',
    'guestId',
    'hostName',
    'nestedVirtualizationEnabled',
    'numaNodeAffinity',
    'toolsRunningStatus',
    'toolsVersionStatus',
    'tpmPresent',
  ],
  Vlan: ['new'],
  VmkernelAdapter: ['edge:network', 'netStack', 'services'],
};

const devices = new Set(['cdrom', 'usb']);

/** Of other devices than CD drives and USB devices a workbook has no sheet. */
const isCarried = (record: AnyRecord): boolean =>
  record.kind !== 'Device' || devices.has(record.properties.deviceClass ?? '');

describe('the demo estate as an RVTools workbook', () => {
  let upload: Upload;
  let rows: number;
  let original: readonly AnyRecord[];
  let read: ReadExport;

  beforeAll(async () => {
    const { graph } = await openTestGraph();
    await wipeGraph();
    await migrate(graph);
    await new SourceRegistry(graph).save({ id: 'demo', name: 'Demo estate', kind: 'vsphere' });
    const engine = new SyncEngine({ graph });
    // The engine hands each collector back its own session and cursor.
    const collector = demoCollector as unknown as AnyCollector;
    await engine.sync({ source: 'demo', collector, configuration }, { mode: 'replay' });
    upload = await emptyUpload();
    const workbook = await exportWorkbook(graph, {});
    await pipeline(workbook.body, createWriteStream(upload.path));
    rows = workbook.trailer().rows;
    original = [...demoEstate(configuration)]
      .flatMap((object) => mapObject(object).records)
      .filter(isCarried);
    read = await readExport(upload);
  });

  afterAll(async () => {
    await upload.remove();
  });

  it('has every sheet, so that nothing is missing when it is read', () => {
    expect(Object.keys(sheetColumns)).toHaveLength(27);
    // A disk of the estate lies on a datastore that is gone.
    expect(read.omissions).toMatchObject([{ kind: 'Disk', externalId: 'reporting-web-p02' }]);
    expect(rows).toBeGreaterThan(machines);
  });

  it('comes back equal but for what a workbook cannot hold', () => {
    expect(differences(original, read.records)).toEqual(leftOut);
  });
});
