import { record, to, type AnyRecord, type EdgeTarget } from '../../../graph/model/index.js';
import { edgesTo, known } from './edges.js';
import type { Fields } from './fields.js';
import type { SourceObject } from './source-object.js';

const groupId = (cluster: SourceObject, name: string): string => cluster.part('group', name);

function mapGroup(cluster: SourceObject, group: Fields): AnyRecord | undefined {
  const name = group.filled('name');
  if (name === undefined) return undefined;
  return record(
    'DrsGroup',
    groupId(cluster, name),
    name,
    { groupType: group.class === 'ClusterHostGroup' ? 'host' : 'vm' },
    {
      cluster: to('Cluster', cluster.id),
      virtualMachines: edgesTo('VirtualMachine', group.references('vm')),
      hosts: edgesTo('Host', group.references('host')),
    },
  );
}

/** What a rule asks, by its class; a rule between machines and hosts by the side it names. */
function ruleType(rule: Fields): string | undefined {
  switch (rule.class) {
    case 'ClusterAffinityRuleSpec':
      return 'vmAffinity';
    case 'ClusterAntiAffinityRuleSpec':
      return 'vmAntiAffinity';
    case 'ClusterVmHostRuleInfo':
      return rule.has('affineHostGroupName') ? 'vmHostAffinity' : 'vmHostAntiAffinity';
    case 'ClusterDependencyRuleInfo':
      return 'vmDependency';
    default:
      return undefined;
  }
}

function mapRule(cluster: SourceObject, rule: Fields): AnyRecord | undefined {
  const key = rule.integer('key');
  const name = rule.filled('name');
  if (key === undefined && name === undefined) return undefined;
  const group = (groupName: string | undefined): EdgeTarget | undefined =>
    groupName === undefined ? undefined : to('DrsGroup', groupId(cluster, groupName));
  return record(
    'DrsRule',
    cluster.part('rule', key ?? name ?? ''),
    name ?? String(key),
    {
      ruleType: ruleType(rule),
      enabled: rule.flag('enabled'),
      mandatory: rule.flag('mandatory'),
      userCreated: rule.flag('userCreated'),
    },
    known({
      cluster: to('Cluster', cluster.id),
      virtualMachines: edgesTo('VirtualMachine', rule.references('vm')),
      vmGroup: group(rule.filled('vmGroupName') ?? rule.filled('vmGroup')),
      hostGroup: group(
        rule.filled('affineHostGroupName') ?? rule.filled('antiAffineHostGroupName'),
      ),
    }),
  );
}

/** Groups and rules of a cluster. */
export const mapPlacement = (cluster: SourceObject, configuration: Fields): AnyRecord[] => [
  ...configuration.objects('group').flatMap((group) => mapGroup(cluster, group) ?? []),
  ...configuration.objects('rule').flatMap((rule) => mapRule(cluster, rule) ?? []),
];
