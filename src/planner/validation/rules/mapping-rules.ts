import { networkIdOf } from '../../source/read-machines.js';
import { connectedNics } from '../../virtual-machine/nics.js';
import { migratedDisks } from '../../virtual-machine/disks.js';
import { takesMachines } from '../capacity.js';
import { machineRule, planRule, when, type Rule, type ValidationContext } from '../context.js';

const attachmentOf = ({ target }: ValidationContext, namespace: string, name: string) =>
  target.networkAttachments.find((one) => one.namespace === namespace && one.name === name);

export const networkDestinationMissing = planRule({
  id: 'plan.network.destination-missing',
  severity: 'blocker',
  waivable: false,
  forklift: 'NetworkMapNotReady (DestinationNetworkNotValid)',
  meaning: 'A network is mapped to a NetworkAttachmentDefinition that the target does not have.',
  remedy: 'Map the network to one that exists, or create it and collect the target again.',
  find: (context) =>
    context.mappings.networks.flatMap(({ source, sourceName, destination }) =>
      destination?.type === 'multus' &&
      attachmentOf(context, destination.namespace, destination.name) === undefined
        ? [
            {
              what: `Network ${sourceName} leads to ${destination.namespace}/${destination.name}`,
              why: 'the target has no NetworkAttachmentDefinition of this name',
              subject: { kind: 'network', id: source, name: sourceName },
            },
          ]
        : [],
    ),
});

export const networkNamespace = planRule({
  id: 'plan.network.namespace-not-valid',
  severity: 'blocker',
  waivable: false,
  forklift: 'NetMapDestinationNADNotValid',
  meaning: 'A network is mapped into a namespace that machines of the plan may not use.',
  remedy: 'Map it to a NetworkAttachmentDefinition of the namespace of the plan or of default.',
  find: ({ plan, mappings }) =>
    mappings.networks.flatMap(({ source, sourceName, destination }) =>
      destination?.type === 'multus' &&
      destination.namespace !== plan.namespace &&
      destination.namespace !== 'default'
        ? [
            {
              what: `Network ${sourceName} leads into namespace ${destination.namespace}`,
              why: `machines of ${plan.namespace} may use networks of their own namespace and of default`,
              subject: { kind: 'network', id: source, name: sourceName },
            },
          ]
        : [],
    ),
});

export const networkLayer3 = planRule({
  id: 'plan.network.layer3',
  severity: 'blocker',
  waivable: false,
  forklift: 'UnsupportedUserDefinedNetwork',
  meaning: 'A network is mapped to an OVN network of layer 3, which cannot carry machines.',
  remedy: 'Map it to a network of layer 2 or to a localnet.',
  find: (context) =>
    context.mappings.networks.flatMap(({ source, sourceName, destination }) =>
      destination?.type === 'multus' &&
      attachmentOf(context, destination.namespace, destination.name)?.topology === 'layer3'
        ? [
            {
              what: `Network ${sourceName} leads to a layer 3 network`,
              why: 'KubeVirt binds adapters on layer 2',
              subject: { kind: 'network', id: source, name: sourceName },
            },
          ]
        : [],
    ),
});

/** `name=amount`, as the target collector keeps what nodes offer besides CPU and memory. */
const offers = (entry: string, resource: string): boolean =>
  entry.startsWith(`${resource}=`) && entry !== `${resource}=0`;

export const networkResourceMissing = planRule({
  id: 'plan.network.resource-missing',
  severity: 'blocker',
  waivable: true,
  meaning:
    'A network is mapped to a NetworkAttachmentDefinition whose bridge or device no node offers, so that machines on it could not be scheduled.',
  remedy:
    'Configure the bridge or device on the nodes, for instance by a NodeNetworkConfigurationPolicy, or map the network to another one.',
  find: (context) =>
    context.mappings.networks.flatMap(({ source, sourceName, destination }) => {
      if (destination?.type !== 'multus') return [];
      const { namespace, name } = destination;
      const resource = attachmentOf(context, namespace, name)?.resourceName ?? undefined;
      if (resource === undefined) return [];
      const isOffered = context.target.nodes
        .filter(takesMachines)
        .some(({ extendedResources }) => extendedResources.some((one) => offers(one, resource)));
      return when(!isOffered, () => ({
        what: `Network ${sourceName} leads to ${namespace}/${name}, which needs ${resource}`,
        why: 'no node that takes machines offers it',
        subject: { kind: 'network', id: source, name: sourceName },
      }));
    }),
});

export const storageDestinationMissing = planRule({
  id: 'plan.storage.destination-missing',
  severity: 'blocker',
  waivable: false,
  forklift: 'StorageMapNotReady (DestinationStorageNotValid)',
  meaning: 'A datastore is mapped to a storage class that the target does not have.',
  remedy: 'Map the datastore to a class that exists, or create it and collect the target again.',
  find: ({ mappings, target }) =>
    mappings.storage.flatMap(({ source, sourceName, destination }) =>
      destination !== null &&
      !target.storageClasses.some(({ name }) => name === destination.storageClass)
        ? [
            {
              what: `Datastore ${sourceName} leads to storage class ${destination.storageClass}`,
              why: 'the target has no such class',
              subject: { kind: 'datastore', id: source, name: sourceName },
            },
          ]
        : [],
    ),
});

export const networkNotMapped = machineRule({
  id: 'machine.network.not-mapped',
  severity: 'blocker',
  waivable: false,
  forklift: 'VMNetworksNotMapped',
  meaning: 'An adapter is on a network that is mapped to nothing.',
  remedy: 'Map the network to a NetworkAttachmentDefinition, to the pod network, or ignore it.',
  find: (machine, { mappings }) => {
    const mapped = new Map(mappings.networks.map((one) => [one.source, one]));
    return machine.facts.nics.flatMap((nic) => {
      const id = networkIdOf(machine.facts, nic);
      const mapping = id === undefined ? undefined : mapped.get(id);
      return when(id !== undefined && (mapping?.destination ?? null) === null, () => ({
        what: `Network ${nic.networkName ?? id ?? ''} of adapter ${nic.mac ?? nic.id} is not mapped`,
        why: mapping?.reasons.join('; ') ?? 'the plan has no mapping for it',
        subject: { kind: 'network', id: id ?? '', name: nic.networkName ?? id ?? '' },
      }));
    });
  },
});

export const nicWithoutNetwork = machineRule({
  id: 'machine.nic.without-network',
  severity: 'warning',
  waivable: true,
  meaning: 'An adapter is on no network in the source and is left out in the target.',
  remedy: 'Connect it in the source and collect again if the guest needs it.',
  find: ({ facts }) =>
    facts.nics
      .filter((nic) => networkIdOf(facts, nic) === undefined)
      .map((nic) => ({
        what: `Adapter ${nic.mac ?? nic.id} is left out`,
        why: 'it is on no network in the source',
      })),
});

export const severalOnPodNetwork = machineRule({
  id: 'machine.network.several-on-pod',
  severity: 'blocker',
  waivable: false,
  forklift: 'VMMultiplePodNetworkMappings',
  meaning: 'More than one adapter of a machine would be on the pod network.',
  remedy: 'Map all but one of its networks elsewhere, or ignore them.',
  find: (machine, { blueprintOf }) => {
    const nics = connectedNics(blueprintOf(machine));
    const onPod = nics.filter(({ destination }) => destination.type === 'pod').length;
    return when(onPod > 1, () => ({
      what: `${onPod} adapters would be on the pod network`,
      why: 'KubeVirt allows one',
    }));
  },
});

export const addressesOnPodNetwork = machineRule({
  id: 'machine.network.static-address-on-pod',
  severity: 'warning',
  waivable: true,
  forklift: 'NetMapPreservingIPsOnPodNetwork',
  meaning: 'Static addresses are kept, and an adapter that has one goes to the pod network.',
  remedy: 'Map the network to a NetworkAttachmentDefinition of the same VLAN.',
  find: (machine, { blueprintOf }) => {
    const onPod = connectedNics(blueprintOf(machine))
      .filter(({ destination }) => destination.type === 'pod')
      .map(({ nic }) => nic.mac?.toLowerCase());
    return machine.choices.staticAddresses
      .filter(({ mac }) => onPod.includes(mac))
      .map(({ mac, address }) => ({
        what: `The static address ${address} of adapter ${mac} will not work`,
        why: 'the pod network gives addresses of its own',
      }));
  },
});

export const storageNotMapped = machineRule({
  id: 'machine.storage.not-mapped',
  severity: 'blocker',
  waivable: false,
  forklift: 'VMStorageNotMapped',
  meaning: 'A disk lies on a datastore that is mapped to no storage class, or on none at all.',
  remedy: 'Map the datastore to a storage class.',
  find: (machine, { mappings, blueprintOf }) => {
    const mapped = new Map(mappings.storage.map((one) => [one.source, one.destination]));
    return migratedDisks(blueprintOf(machine)).flatMap((disk) =>
      when((mapped.get(disk.datastore ?? '') ?? null) === null, () => ({
        what: `${disk.name} has no storage class`,
        why:
          typeof disk.datastore === 'string'
            ? `datastore ${disk.datastoreName ?? disk.datastore} is not mapped`
            : 'it lies on no datastore in the inventory',
      })),
    );
  },
});

export const mappingRules: readonly Rule[] = [
  networkDestinationMissing,
  networkNamespace,
  networkLayer3,
  networkResourceMissing,
  storageDestinationMissing,
  networkNotMapped,
  nicWithoutNetwork,
  severalOnPodNetwork,
  addressesOnPodNetwork,
  storageNotMapped,
];
