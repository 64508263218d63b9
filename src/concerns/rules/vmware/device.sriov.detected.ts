import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import type { Workload } from '../../workload/workload.js';

interface SriovAdapter {
  readonly key: number | null;
  readonly name: string;
  readonly network: { readonly id: string; readonly name: string } | null;
}

/** An adapter may be known as adapter, as device, or as both under one key. */
function sriovAdapters({ nics, devices }: Workload): SriovAdapter[] {
  const adapters: SriovAdapter[] = nics.filter((nic) => nic.model === 'sriov');
  const known = new Set(adapters.map((adapter) => adapter.key));
  const others = devices
    .filter(
      (device) =>
        device.deviceClass === 'sriov' || device.sourceType === 'VirtualSriovEthernetCard',
    )
    .filter((device) => device.key === null || !known.has(device.key))
    .map(({ key, name }) => ({ key, name, network: null }));
  return [...adapters, ...others];
}

export const deviceSriovDetected = defineRule({
  id: 'vmware.device.sriov.detected',
  category: 'Warning',
  label: 'An adapter uses SR-IOV passthrough',
  version: 1,
  fires: 'The machine has an SR-IOV network adapter. One occurrence for each adapter.',
  effect:
    'The virtual function of the host is not carried over. The adapter becomes what the network mapping says, with other throughput and latency.',
  remedy:
    'Install the SR-IOV network operator on the target, offer the network as an SR-IOV network attachment, and map to it; or accept an ordinary adapter.',
  find: (vm) =>
    sriovAdapters(vm).map(({ name, network }) => ({
      adapter: name,
      network: network?.name ?? null,
      networkId: network?.id ?? null,
    })),
  cause: {
    kinds: ['Network', 'VirtualMachine'],
    reason:
      'One SR-IOV network attachment on the target serves all machines of the network. Where the network is unknown, each machine is a cause of its own.',
    at: ({ networkId, network }, vm) =>
      networkId === null
        ? machinePlace(vm)
        : { kind: 'Network', id: networkId, name: network ?? networkId },
    label: ({ kind, name }) =>
      kind === 'Network'
        ? `Offer network ${name} through SR-IOV on the target`
        : `Replace the SR-IOV adapters of machine ${name}`,
  },
  assessment: ({ adapter, network }) =>
    `Adapter ${adapter} uses SR-IOV on ${network ?? 'an unknown network'}, which is not carried over. Offer the network through SR-IOV on the target, or accept an ordinary adapter.`,
});
