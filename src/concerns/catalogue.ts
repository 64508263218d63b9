import { createHash } from 'node:crypto';
import type { SourceKind } from '../collectors/contract.js';
import type { Category, Provider, Rule } from './rule/rule.js';
import { openstackRules } from './rules/openstack/index.js';
import { vmwareRules } from './rules/vmware/index.js';

/** Every rule there is. */
export const catalogue: readonly Rule[] = [...vmwareRules, ...openstackRules];

const byId = new Map<string, Rule>(catalogue.map((rule) => [rule.id, rule]));

export const ruleById = (id: string): Rule | undefined => byId.get(id);

export const categoryOf = (rule: string): Category | undefined => byId.get(rule)?.category;

/** Changes with every rule that is added, removed or raised in version; machines are then evaluated anew. */
export const catalogueVersion: string = createHash('sha256')
  .update(JSON.stringify(catalogue.map(({ id, category, version }) => [id, category, version])))
  .digest('hex')
  .slice(0, 12);

const providers: Readonly<Partial<Record<SourceKind, Provider>>> = {
  vsphere: 'vmware',
  rvtools: 'vmware',
  ovirt: 'ovirt',
  openstack: 'openstack',
  ova: 'ova',
};

/** Provider whose rules a source's machines are held to; none for a target cluster. */
export const providerOfSource = (kind: string): Provider | undefined =>
  Object.entries(providers).find(([name]) => name === kind)?.[1];

const byProvider = Map.groupBy(catalogue, (rule) => rule.provider);

export const rulesOf = (provider: Provider): readonly Rule[] => byProvider.get(provider) ?? [];
