import { record, to, type EntityRecord } from '../../../graph/model/index.js';
import type { MachineBody } from './machine-body.js';

const models = ['e1000', 'e1000e', 'rtl8139', 'virtio'] as const;
type Model = (typeof models)[number] | 'sriov' | 'unknown';

function modelOf(model: string | undefined, sriov: unknown): Model {
  if (sriov !== undefined) return 'sriov';
  return models.find((one) => one === (model ?? 'virtio')) ?? 'unknown';
}

/** `<namespace>/<name>` of an attachment; one without a namespace is in that of the machine. */
const attachmentKey = (networkName: string, namespace: string | undefined): string =>
  networkName.includes('/') ? networkName : `${namespace ?? 'default'}/${networkName}`;

export function mapNics(
  machine: string,
  { metadata, spec, $instance }: MachineBody,
): EntityRecord<'Nic'>[] {
  const { domain, networks } = spec.template.spec;
  const byName = new Map(networks.map((network) => [network.name, network]));
  const running = new Map(($instance?.status?.interfaces ?? []).map((one) => [one.name, one]));
  return (domain?.devices?.interfaces ?? []).map((nic, index) => {
    const live = running.get(nic.name);
    const networkName = byName.get(nic.name)?.multus?.networkName;
    const attachment =
      networkName === undefined ? undefined : attachmentKey(networkName, metadata.namespace);
    return record(
      'Nic',
      `${machine}/${nic.name}`,
      nic.name,
      {
        key: index,
        order: index,
        mac: (nic.macAddress ?? live?.mac)?.toLowerCase().replaceAll('-', ':'),
        macType: nic.macAddress === undefined ? 'generated' : 'manual',
        model: modelOf(nic.model, nic.sriov),
        connected: live === undefined ? undefined : live.linkState !== 'down',
        startConnected: nic.state !== 'down' && nic.state !== 'absent',
        pciAddress: nic.pciAddress,
        ipAddresses: live?.ipAddresses ?? [],
        networkName: attachment ?? 'pod',
      },
      {
        machine: to('VirtualMachine', machine),
        ...(attachment === undefined ? {} : { network: to('NetworkAttachment', attachment) }),
      },
    );
  });
}
