import type { NetworkDestination } from '../mapping/mapping.js';
import type { NicFacts } from '../source/machine-facts.js';
import { networkIdOf } from '../source/read-machines.js';
import type { Blueprint } from './blueprint.js';
import type { JsonObject } from './manifest.js';

export interface ConnectedNic {
  readonly nic: NicFacts;
  readonly destination: NetworkDestination;
}

/** Adapters in the guest's order with where they go. Those that are unmapped or ignored are left out. */
export function connectedNics({ machine, mappings }: Blueprint): readonly ConnectedNic[] {
  const destinations = new Map(
    mappings.networks.map(({ source, destination }) => [source, destination]),
  );
  return machine.nics.flatMap((nic) => {
    const network = networkIdOf(machine, nic);
    const destination = network === undefined ? undefined : destinations.get(network);
    return destination === undefined || destination === null || destination.type === 'ignored'
      ? []
      : [{ nic, destination }];
  });
}

const macForm = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/u;

function bindingOf({ target }: Blueprint, destination: NetworkDestination): JsonObject {
  if (destination.type !== 'multus') return { masquerade: {} };
  const key = `${destination.namespace}/${destination.name}`;
  const attachment = target.networkAttachments.find(({ externalId }) => externalId === key);
  return attachment?.pluginType === 'sriov' ? { sriov: {} } : { bridge: {} };
}

export function interfacesOf(blueprint: Blueprint): readonly JsonObject[] {
  const model = blueprint.choices.compatibilityMode.value ? 'e1000e' : 'virtio';
  return connectedNics(blueprint).map(({ nic, destination }, index) => {
    const mac = nic.mac?.toLowerCase();
    const binding = bindingOf(blueprint, destination);
    return {
      name: `net-${index}`,
      ...binding,
      // A virtual function of the node's card is what it is.
      ...('sriov' in binding ? {} : { model }),
      ...(mac !== undefined && macForm.test(mac) ? { macAddress: mac } : {}),
      ...(nic.startConnected === false ? { state: 'down' } : {}),
    };
  });
}

export const networksOf = (blueprint: Blueprint): readonly JsonObject[] =>
  connectedNics(blueprint).map(({ destination }, index) =>
    destination.type === 'multus'
      ? {
          name: `net-${index}`,
          multus: { networkName: `${destination.namespace}/${destination.name}` },
        }
      : { name: `net-${index}`, pod: {} },
  );
