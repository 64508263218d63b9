import { record, type AnyRecord } from '../../../graph/model/index.js';
import { edgeByType, edgeTo, known } from './edges.js';
import type { Fields } from './fields.js';
import { failureDetection, limitOfPort, opposite } from './network-policy.js';
import type { SourceObject } from './source-object.js';
import { vlanEdge, vlanRecord } from './vlan.js';

const uplinkTag = 'SYSTEM/DVS.UPLINKPG';

interface Tagging {
  readonly vlanType?: 'none' | 'access' | 'trunk' | 'private';
  readonly vlanId?: number | undefined;
  readonly trunkRanges?: readonly string[];
}

/** How a distributed port group tags its frames, by the class of its VLAN specification. */
function tagging(vlan: Fields | undefined): Tagging {
  if (vlan === undefined) return {};
  switch (vlan.class) {
    case '':
      return {};
    case 'VmwareDistributedVirtualSwitchTrunkVlanSpec':
      return {
        vlanType: 'trunk',
        trunkRanges: vlan
          .objects('vlanId')
          .map((range) => `${range.integer('start') ?? 0}-${range.integer('end') ?? 4094}`),
      };
    case 'VmwareDistributedVirtualSwitchPvlanSpec':
      return { vlanType: 'private', vlanId: vlan.integer('pvlanId') };
    default: {
      const vlanId = vlan.integer('vlanId');
      return vlanId === 0 ? { vlanType: 'none' } : { vlanType: 'access', vlanId };
    }
  }
}

/** Security of a port group: since 6.7 in the policy of MAC management, before in its own one. */
function security(settings: Fields, name: string): boolean | undefined {
  return (
    settings.part('macManagementPolicy').flag(name) ??
    settings.part('securityPolicy').part(name).flag('value')
  );
}

/** What a single port of the group may set otherwise than the group does. */
const portOverrides = (policy: Fields): readonly string[] =>
  [
    ['vlan', 'vlanOverrideAllowed'],
    ['teaming', 'uplinkTeamingOverrideAllowed'],
    ['security', 'securityPolicyOverrideAllowed'],
    ['shaping', 'shapingOverrideAllowed'],
  ].flatMap(([what = '', name = '']) => (policy.flag(name) === true ? what : []));

const privateVlan = (entry: Fields): string =>
  [
    entry.integer('primaryVlanId'),
    entry.integer('secondaryVlanId'),
    entry.filled('pvlanType'),
  ].join('/');

/** A port group of a distributed switch, backed by NSX or not. */
export function mapDistributedPortGroup(object: SourceObject): AnyRecord[] {
  const { fields } = object;
  const config = fields.part('config');
  const settings = config.part('defaultPortConfig');
  const teaming = settings.part('uplinkTeamingPolicy');
  const uplinks = teaming.part('uplinkPortOrder');
  const tagged = tagging(settings.fields('vlan'));
  const tags = fields.objects('tag').map((tag) => tag.text('key'));
  const network = record(
    'Network',
    object.id,
    object.name,
    {
      variant: 'distributedPortGroup',
      path: object.path,
      portGroupKey: fields.filled('key') ?? config.filled('key'),
      isUplink: config.flag('uplink') ?? tags.includes(uplinkTag),
      ...tagged,
      opaqueId: config.filled('logicalSwitchUuid'),
      segmentId: config.filled('segmentId') ?? config.filled('logicalSwitchUuid'),
      transportZone: config.filled('transportZoneName') ?? config.filled('transportZoneUuid'),
      promiscuous: security(settings, 'allowPromiscuous'),
      forgedTransmits: security(settings, 'forgedTransmits'),
      macChanges: security(settings, 'macChanges'),
      teamingPolicy: teaming.part('policy').filled('value'),
      activeUplinks: uplinks.texts('activeUplinkPort'),
      standbyUplinks: uplinks.texts('standbyUplinkPort'),
      failureDetection: failureDetection(
        teaming.part('failureCriteria').part('checkBeacon').flag('value'),
      ),
      failback: opposite(teaming.part('rollingOrder').flag('value')),
      notifySwitches: teaming.part('notifySwitches').flag('value'),
      ingressLimitMbps: limitOfPort(settings.part('inShapingPolicy')),
      egressLimitMbps: limitOfPort(settings.part('outShapingPolicy')),
      portOverrides: portOverrides(config.part('policy')),
      portCount: config.integer('numPorts'),
      portBinding: config.filled('type'),
      accessible: fields.part('summary').flag('accessible'),
    },
    known({
      parent: edgeByType(['Folder', 'Datacenter'], fields.reference('parent')),
      switch: edgeTo('Switch', config.reference('distributedVirtualSwitch')),
      vlan: tagged.vlanType === 'access' ? vlanEdge(tagged.vlanId) : undefined,
      tags: object.tags,
    }),
  );
  return [network, ...(tagged.vlanType === 'access' ? vlanRecord(tagged.vlanId) : [])];
}

/** A network of standard switches (its VLAN ids stand on the hosts' port groups), or an opaque one. */
export function mapNetwork(object: SourceObject): AnyRecord[] {
  const { fields } = object;
  const summary = fields.part('summary');
  const isOpaque = object.raw.type === 'OpaqueNetwork';
  const opaqueId = summary.filled('opaqueNetworkId');
  return [
    record(
      'Network',
      object.id,
      object.name,
      {
        variant: isOpaque ? 'opaque' : 'standard',
        path: object.path,
        opaqueType: summary.filled('opaqueNetworkType'),
        opaqueId,
        segmentId: opaqueId,
        accessible: summary.flag('accessible'),
      },
      known({
        parent: edgeByType(['Folder', 'Datacenter'], fields.reference('parent')),
        tags: object.tags,
      }),
    ),
  ];
}

export function mapDistributedSwitch(object: SourceObject): AnyRecord[] {
  const { fields } = object;
  const config = fields.part('config');
  const discovery = config.part('linkDiscoveryProtocolConfig');
  const hosts = config.objects('host').map((member) => member.part('config').reference('host'));
  return [
    record(
      'Switch',
      object.id,
      object.name,
      {
        variant: 'distributed',
        uuid: fields.filled('uuid') ?? config.filled('uuid'),
        mtu: config.integer('maxMtu'),
        portCount: config.integer('numPorts'),
        version: config.part('productInfo').filled('version'),
        uplinks: config.part('uplinkPortPolicy').texts('uplinkPortName'),
        lags: config.objects('lacpGroupConfig').flatMap((lag) => lag.filled('name') ?? []),
        privateVlans: config.objects('pvlanConfig').map(privateVlan),
        networkIoControl: config.flag('networkResourceManagementEnabled'),
        discoveryProtocol: discovery.filled('protocol'),
        discoveryOperation: discovery.filled('operation'),
      },
      known({
        hosts: hosts.flatMap((host) => edgeTo('Host', host) ?? []),
        parent: edgeByType(['Folder', 'Datacenter'], fields.reference('parent')),
      }),
    ),
  ];
}
