import type { MachineFacts } from '../source/machine-facts.js';
import { networkIdOf } from '../source/read-machines.js';
import type { TargetFacts } from '../target/target-facts.js';
import type { Mappings } from './mapping.js';
import { proposeNetwork, type SourceNetwork } from './propose-networks.js';
import { proposeStorage, type SourceDatastore } from './propose-storage.js';

/** Networks that adapters of the machines are on, by id. */
function networksOf(
  machines: readonly MachineFacts[],
  vlans: ReadonlyMap<string, number>,
): SourceNetwork[] {
  const networks = new Map<string, SourceNetwork>();
  for (const machine of machines) {
    for (const nic of machine.nics) {
      const id = networkIdOf(machine, nic);
      if (id === undefined || networks.has(id)) continue;
      networks.set(id, { id, name: nic.networkName ?? id, vlanId: vlans.get(id) ?? null });
    }
  }
  return [...networks.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Datastores that disks of the machines lie on, by id, with what is asked of each. */
function datastoresOf(machines: readonly MachineFacts[]): SourceDatastore[] {
  const datastores = new Map<string, SourceDatastore>();
  for (const { disks } of machines) {
    for (const { datastore: id, datastoreName, capacityBytes, shared } of disks) {
      if (typeof id !== 'string') continue;
      const known = datastores.get(id);
      datastores.set(id, {
        id,
        name: datastoreName ?? id,
        requiredBytes: (known?.requiredBytes ?? 0) + (capacityBytes ?? 0),
        shared: (known?.shared ?? false) || shared === true,
      });
    }
  }
  return [...datastores.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** What people chose stays as it is when the mappings are proposed again. */
const keepEdited = <Mapping extends { readonly source: string; readonly edited: boolean }>(
  proposed: readonly Mapping[],
  earlier: readonly Mapping[],
): Mapping[] => {
  const edited = new Map(earlier.filter((one) => one.edited).map((one) => [one.source, one]));
  return proposed.map((mapping) => edited.get(mapping.source) ?? mapping);
};

/** Proposals for every network and datastore that the machines use. */
export function proposeMappings(
  machines: readonly MachineFacts[],
  vlans: ReadonlyMap<string, number>,
  target: TargetFacts,
  namespace: string,
  earlier: Mappings = { networks: [], storage: [] },
): Mappings {
  const networks = networksOf(machines, vlans).map((one) => proposeNetwork(one, target, namespace));
  const storage = datastoresOf(machines).map((one) => proposeStorage(one, target));
  return {
    networks: keepEdited(networks, earlier.networks),
    storage: keepEdited(storage, earlier.storage),
  };
}
