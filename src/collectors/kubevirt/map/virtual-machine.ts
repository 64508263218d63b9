import type { z } from 'zod';
import {
  record,
  to,
  type AnyRecord,
  type EdgeTarget,
  type KindProperties,
} from '../../../graph/model/index.js';
import { annotations } from '../../../kubernetes/index.js';
import { parseQuantity } from '../../../kubernetes/quantity.js';
import type { RawObject } from '../../contract.js';
import { moment, pairs } from './fields.js';
import { machineBody } from './machine-body.js';
import { mapDevices } from './machine-devices.js';
import { mapDisks, sumOfCapacities } from './machine-disks.js';
import { mapNics } from './machine-nics.js';
import { toNamespace } from './namespace.js';

type Body = z.output<typeof machineBody>;
type Domain = NonNullable<Body['spec']['template']['spec']['domain']>;

/** Words of KubeVirt for machines that use CPU and memory of a node now. */
const runningWords = new Set(['Running', 'Migrating', 'Stopping', 'Terminating']);

function powerStateOf({
  status,
  $instance,
}: Body): 'poweredOn' | 'poweredOff' | 'paused' | 'unknown' {
  const word = status?.printableStatus;
  if (word === 'Paused') return 'paused';
  if ($instance?.status?.phase === 'Running') return 'poweredOn';
  if (word === undefined || word === 'Unknown') return 'unknown';
  return runningWords.has(word) ? 'poweredOn' : 'poweredOff';
}

/** An instance shows what instance type and preference came to; a stopped machine does not. */
function cpuCountOf({ spec, $instance }: Body): number | undefined {
  const cpu = $instance?.spec?.domain?.cpu ?? spec.template.spec.domain?.cpu;
  if (cpu !== undefined) return (cpu.sockets ?? 1) * (cpu.cores ?? 1) * (cpu.threads ?? 1);
  return spec.instancetype === undefined ? 1 : undefined;
}

function memoryMBOf({ spec, $instance }: Body): number | undefined {
  const domain: Domain | undefined = spec.template.spec.domain;
  const guest =
    $instance?.spec?.domain?.memory?.guest ??
    domain?.memory?.guest ??
    domain?.resources?.requests?.memory;
  const bytes = parseQuantity(guest);
  return bytes === undefined ? undefined : Math.round(bytes / 2 ** 20);
}

const families: readonly (readonly [RegExp, 'linux' | 'windows' | 'bsd'])[] = [
  [/windows|^win|microsoft/iu, 'windows'],
  [/bsd/iu, 'bsd'],
  [
    /linux|rhel|centos|fedora|debian|ubuntu|suse|sles|rocky|alma|alpine|arch|oracle|ol\d/iu,
    'linux',
  ],
];

const familyOf = (system: string | undefined): 'linux' | 'windows' | 'bsd' | undefined =>
  families.find(([pattern]) => pattern.test(system ?? ''))?.[1];

function guestProperties(body: Body): KindProperties<'VirtualMachine'> {
  const guest = body.$instance?.status?.guestOSInfo;
  const interfaces = body.$instance?.status?.interfaces ?? [];
  const addresses = interfaces.flatMap((one) => [
    ...one.ipAddresses,
    ...(one.ipAddress === undefined ? [] : [one.ipAddress]),
  ]);
  const started = body.$instance?.status?.phaseTransitionTimestamps.find(
    ({ phase }) => phase === 'Running',
  );
  return {
    guestId: guest?.id ?? body.spec.preference?.name,
    guestNameFromTools: guest?.prettyName ?? guest?.name,
    osFamily: familyOf(guest?.id ?? guest?.name ?? body.spec.preference?.name),
    hostName: body.spec.template.spec.hostname,
    ipAddress: addresses[0],
    ipAddresses: [...new Set(addresses)],
    bootedAt: moment(started?.phaseTransitionTimestamp),
  };
}

function firmwareProperties(domain: Domain | undefined): KindProperties<'VirtualMachine'> {
  const efi = domain?.firmware?.bootloader?.efi;
  return {
    uuid: domain?.firmware?.uuid,
    firmware: efi === undefined ? 'bios' : 'efi',
    // KubeVirt turns secure boot on wherever EFI is asked for without a word about it.
    secureBoot: efi === undefined ? false : (efi.secureBoot ?? true),
    tpmPresent: domain?.devices?.tpm !== undefined && domain.devices.tpm.enabled !== false,
    coresPerSocket: domain?.cpu?.cores,
    hardwareVersion: domain?.machine?.type,
  };
}

function networksOf(
  nics: readonly { readonly edges: { readonly network?: unknown } }[],
): EdgeTarget[] {
  const targets = new Map<string, EdgeTarget>();
  for (const { edges } of nics) {
    const target = edges.network as EdgeTarget | undefined;
    if (target !== undefined) targets.set(target.externalId, target);
  }
  return [...targets.values()];
}

/** A machine of the target with its disks, adapters and devices. */
export function mapVirtualMachine(object: RawObject): readonly AnyRecord[] {
  const body = machineBody.parse(object.body);
  const { metadata, spec, status, $instance } = body;
  const { domain } = spec.template.spec;
  const disks = mapDisks(object.externalId, body);
  const nics = mapNics(object.externalId, body);
  const node = $instance?.status?.nodeName;
  const runStrategy =
    spec.runStrategy ??
    (spec.running === undefined ? undefined : spec.running ? 'Always' : 'Halted');
  const machine = record(
    'VirtualMachine',
    object.externalId,
    metadata.name,
    {
      ...firmwareProperties(domain),
      ...guestProperties(body),
      path: `${metadata.namespace ?? 'default'}/${metadata.name}`,
      annotation: metadata.annotations.description,
      powerState: powerStateOf(body),
      sourcePowerState: status?.printableStatus,
      createdAt: moment(metadata.creationTimestamp),
      cpuCount: cpuCountOf(body),
      memoryMB: memoryMBOf(body),
      diskCapacityBytes: sumOfCapacities(disks),
      diskCount: disks.length,
      nicCount: nics.length,
      customAttributes: pairs(metadata.labels),
      runStrategy,
      instanceType: spec.instancetype?.name,
      migratedFrom: metadata.annotations[annotations.migratedFrom],
    },
    {
      folder: toNamespace(metadata.namespace),
      networks: networksOf(nics),
      ...(node === undefined || node === '' ? {} : { host: to('Node', node) }),
    },
  );
  return [machine, ...disks, ...nics, ...mapDevices(object.externalId, body)];
}
