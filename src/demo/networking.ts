import type { VsphereRawObject } from '../collectors/vsphere/raw.js';
import { siteFolder } from './folders.js';
import { rawObject, reference, storedName, type Body } from './inventory-value.js';
import type { Cluster, Layout, Network, Site } from './layout.js';
import { opaqueId } from './render-devices.js';

const uplinkNames = ['Uplink 1', 'Uplink 2'];

function vlanOf(network: Network): Body {
  const common = { inherited: false };
  switch (network.role) {
    case 'uplinks':
      return {
        $type: 'VmwareDistributedVirtualSwitchTrunkVlanSpec',
        ...common,
        vlanId: [{ start: 0, end: 4094 }],
      };
    case 'trunk':
      return {
        $type: 'VmwareDistributedVirtualSwitchTrunkVlanSpec',
        ...common,
        vlanId: [
          { start: 200, end: 299 },
          { start: 4000, end: 4000 },
        ],
      };
    case 'isolated':
      return {
        $type: 'VmwareDistributedVirtualSwitchPvlanSpec',
        ...common,
        pvlanId: network.vlan ?? 1,
      };
    default:
      return {
        $type: 'VmwareDistributedVirtualSwitchVlanIdSpec',
        ...common,
        vlanId: network.vlan ?? 0,
      };
  }
}

function portSettings(network: Network): Body {
  const policy = (value: boolean) => ({ inherited: false, value });
  return {
    $type: 'VMwareDVSPortSetting',
    vlan: vlanOf(network),
    uplinkTeamingPolicy: {
      inherited: false,
      policy: { inherited: false, value: 'loadbalance_loadbased' },
      uplinkPortOrder: { inherited: false, activeUplinkPort: uplinkNames },
    },
    securityPolicy: {
      inherited: false,
      allowPromiscuous: policy(network.role === 'nfv'),
      macChanges: policy(false),
      forgedTransmits: policy(network.role === 'nfv'),
    },
    macManagementPolicy: {
      inherited: false,
      allowPromiscuous: network.role === 'nfv',
      macChanges: false,
      forgedTransmits: network.role === 'nfv',
    },
  };
}

function portGroupObject(site: Site, network: Network): VsphereRawObject {
  const isSegment = network.role === 'segment';
  const isUplink = network.role === 'uplinks';
  const { id } = network;
  const name = storedName(network.name);
  return rawObject('DistributedVirtualPortgroup', id, {
    name,
    parent: reference('Folder', siteFolder(site, 'network')),
    summary: {
      network: reference('DistributedVirtualPortgroup', id),
      name,
      accessible: true,
      ipPoolName: '',
    },
    key: id,
    config: {
      key: id,
      name,
      numPorts: isUplink ? 32 : 128,
      distributedVirtualSwitch: reference('VmwareDistributedVirtualSwitch', site.switchId),
      defaultPortConfig: portSettings(network),
      type: 'earlyBinding',
      backingType: isSegment ? 'nsx' : 'standard',
      autoExpand: true,
      uplink: isUplink,
      configVersion: '1',
      ...(isSegment
        ? {
            logicalSwitchUuid: opaqueId(network),
            segmentId: `/infra/segments/${network.name}`,
            transportZoneName: 'tz-overlay',
          }
        : {}),
    },
    tag: isUplink ? [{ key: 'SYSTEM/DVS.UPLINKPG' }] : [],
    $path: `${site.name}/network/${network.name}`,
  });
}

function plainObject(site: Site, network: Network): VsphereRawObject {
  const isOpaque = network.variant === 'opaque';
  const type = isOpaque ? 'OpaqueNetwork' : 'Network';
  const name = storedName(network.name);
  return rawObject(type, network.id, {
    name,
    parent: reference('Folder', siteFolder(site, 'network')),
    summary: {
      $type: isOpaque ? 'OpaqueNetworkSummary' : 'NetworkSummary',
      network: reference(type, network.id),
      name,
      accessible: true,
      ipPoolName: '',
      ...(isOpaque
        ? { opaqueNetworkId: opaqueId(network), opaqueNetworkType: 'nsx.LogicalSwitch' }
        : {}),
    },
    $path: `${site.name}/network/${network.name}`,
  });
}

function switchObject(site: Site, clusters: readonly Cluster[]): VsphereRawObject {
  const name = `dvs-${site.city}`;
  const members = clusters
    .filter(({ isStandalone }) => !isStandalone)
    .flatMap(({ hosts }) => hosts)
    .map(({ id }) => ({
      config: {
        host: reference('HostSystem', id),
        maxProxySwitchPorts: 512,
        backing: { $type: 'DistributedVirtualSwitchHostMemberPnicBacking' },
      },
      productInfo: { version: '7.0.3', name: 'ESXi' },
      status: 'up',
    }));
  return rawObject('VmwareDistributedVirtualSwitch', site.switchId, {
    name,
    parent: reference('Folder', siteFolder(site, 'network')),
    uuid: site.switchUuid,
    config: {
      $type: 'VMwareDVSConfigInfo',
      uuid: site.switchUuid,
      name,
      numPorts: 1024,
      maxPorts: 8000,
      numStandalonePorts: 0,
      uplinkPortPolicy: { $type: 'DVSNameArrayUplinkPortPolicy', uplinkPortName: uplinkNames },
      defaultPortConfig: { $type: 'VMwareDVSPortSetting' },
      host: members,
      productInfo: { name: 'DVS', vendor: 'VMware, Inc.', version: '7.0.3', build: '21477706' },
      configVersion: '12',
      maxMtu: 9000,
      linkDiscoveryProtocolConfig: { protocol: 'lldp', operation: 'both' },
      networkResourceManagementEnabled: true,
      createTime: '2019-04-02T08:00:00.000Z',
    },
  });
}

export function* switchObjects(layout: Layout): Generator<VsphereRawObject> {
  for (const site of layout.sites) {
    yield switchObject(
      site,
      layout.clusters.filter((cluster) => cluster.site === site),
    );
  }
}

/** Networks of all sites of one variant: a full read gives them by type. */
export function* networkObjects(
  layout: Layout,
  variant: Network['variant'],
): Generator<VsphereRawObject> {
  for (const site of layout.sites) {
    for (const network of site.networks) {
      if (network.variant !== variant) continue;
      yield variant === 'distributed' ? portGroupObject(site, network) : plainObject(site, network);
    }
  }
}
