import { z } from 'zod';
import type { Vcsim } from '../../../lab/vcsim.js';
import { govc } from '../whole-read.js';
import { kindOfType, listed, many } from './go-values.js';
import { govcObjects, type GovcObject } from './govc-objects.js';
import { InventoryFacts } from './inventory-facts.js';
import { hostFacts, hostPaths } from './told-hosts.js';
import { machineFacts, machinePaths } from './told-machines.js';
import {
  computeFacts,
  computePaths,
  networkFacts,
  networkPaths,
  noNetworkNames,
  parentFolderOf,
  placeFacts,
  placePaths,
  poolFacts,
  poolPaths,
  portGroupFacts,
  portGroupPaths,
  switchFacts,
  switchPaths,
} from './told-places.js';

const tagRow = z.object({ id: z.string() });
const fieldRows = z.array(
  z.object({ val: listed(z.object({ key: z.number(), name: z.string() })) }),
);

async function customFields(vcsim: Vcsim): Promise<ReadonlyMap<number, string>> {
  const manager = 'CustomFieldsManager:CustomFieldsManager';
  const text = await govc(vcsim, 'object.collect', '-json', manager, 'field');
  const fields = fieldRows.parse(JSON.parse(text)).flatMap(({ val }) => val);
  return new Map(fields.map(({ key, name }) => [key, name]));
}

async function tagFacts(vcsim: Vcsim, facts: InventoryFacts, templates: ReadonlySet<string>) {
  const tags = many(tagRow).parse(JSON.parse(await govc(vcsim, 'tags.ls', '-json')));
  for (const { id } of tags) {
    facts.node('Tag', id);
    const attached = await govc(vcsim, 'tags.attached.ls', '-json', id);
    for (const text of many(z.string()).parse(JSON.parse(attached))) {
      const [type = '', value = ''] = text.split(':');
      const kind = templates.has(value) ? 'Template' : kindOfType(type);
      facts.edge(kind, 'tags', value, 'Tag', id);
    }
  }
}

/**
 * The whole inventory in govc's own words: `object.collect`, `tags` and `fields`. Nothing of the
 * collector is used but the names of kinds and relationships, and how ids of parts are composed.
 */
export async function toldByGovc(vcsim: Vcsim): Promise<InventoryFacts> {
  const facts = new InventoryFacts();
  const names = noNetworkNames();
  const each = async (
    type: string,
    paths: readonly string[],
    learn: (object: GovcObject) => void,
  ): Promise<void> => {
    for await (const object of govcObjects(vcsim, type, paths)) learn(object);
  };
  const root = (await govc(vcsim, 'find', '-i', '/', '-maxdepth', '0')).trim();
  facts.node('Folder', root.split(':')[1] ?? '');
  for (const type of ['Folder', 'Datacenter']) {
    await each(type, placePaths, (object) => {
      placeFacts(facts, object);
    });
  }
  await each('Datastore', placePaths, (object) => {
    placeFacts(facts, object);
  });
  await each('ComputeResource', ['parent', 'datastore', 'network'], (object) => {
    computeFacts(facts, object);
  });
  await each('ClusterComputeResource', computePaths, (object) => {
    computeFacts(facts, object);
  });
  const vApps = new Map<string, GovcObject>();
  await each('VirtualApp', ['parentFolder'], (object) => vApps.set(object.id, object));
  await each('ResourcePool', poolPaths, (object) => {
    const vApp = vApps.get(object.id);
    poolFacts(facts, object, vApp === undefined ? undefined : parentFolderOf(vApp));
  });
  await each('Network', networkPaths, (object) => {
    networkFacts(facts, names, object);
  });
  await each('DistributedVirtualPortgroup', portGroupPaths, (object) => {
    portGroupFacts(facts, names, object);
  });
  await each('DistributedVirtualSwitch', switchPaths, (object) => {
    switchFacts(facts, names, object);
  });
  await each('HostSystem', hostPaths, (object) => {
    hostFacts(facts, names, object);
  });
  const fieldNames = await customFields(vcsim);
  await each('VirtualMachine', machinePaths, (object) => {
    machineFacts(facts, names, fieldNames, object);
  });
  await tagFacts(vcsim, facts, facts.of('Template'));
  return facts;
}
