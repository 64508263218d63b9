import { z } from 'zod';
import { listField } from '../../list-field.js';
import { flagField, metadataField, numberField, textField, textListField } from './fields.js';

const optional = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object(shape).optional().catch(undefined);

const cpu = optional({ sockets: numberField, cores: numberField, threads: numberField });
const memory = optional({ guest: z.unknown() });
const bus = optional({ bus: textField });

const disk = z.object({
  name: z.string(),
  disk: bus,
  lun: bus,
  cdrom: bus,
  serial: textField,
  bootOrder: numberField,
  shareable: flagField,
  cache: textField,
});

const nic = z.object({
  name: z.string(),
  model: textField,
  macAddress: textField,
  pciAddress: textField,
  state: textField,
  sriov: z.unknown().optional(),
});

const hostDevice = z.object({ name: z.string(), deviceName: textField });

const domain = optional({
  cpu,
  memory,
  resources: optional({ requests: optional({ memory: z.unknown() }) }),
  machine: optional({ type: textField }),
  firmware: optional({
    uuid: textField,
    serial: textField,
    bootloader: optional({ efi: optional({ secureBoot: flagField }) }),
  }),
  devices: optional({
    disks: listField(disk),
    interfaces: listField(nic),
    gpus: listField(hostDevice),
    hostDevices: listField(hostDevice),
    tpm: optional({ enabled: flagField, persistent: flagField }),
  }),
});

const volume = z.object({
  name: z.string(),
  persistentVolumeClaim: optional({ claimName: textField }),
  dataVolume: optional({ name: textField }),
  containerDisk: optional({ image: textField }),
});

const network = z.object({
  name: z.string(),
  pod: z.unknown().optional(),
  multus: optional({ networkName: textField }),
});

/** A VirtualMachine, with only what is read of it. */
export const machineBody = z.object({
  metadata: metadataField,
  spec: z.object({
    running: flagField,
    runStrategy: textField,
    instancetype: optional({ name: textField }),
    preference: optional({ name: textField }),
    template: z.object({
      spec: z.object({
        hostname: textField,
        domain,
        volumes: listField(volume),
        networks: listField(network),
      }),
    }),
  }),
  status: optional({ printableStatus: textField }),
  $instance: optional({
    spec: optional({ domain: optional({ cpu, memory }) }),
    status: optional({
      nodeName: textField,
      phase: textField,
      interfaces: listField(
        z.object({
          name: textField,
          mac: textField,
          ipAddress: textField,
          ipAddresses: textListField,
          linkState: textField,
        }),
      ),
      guestOSInfo: optional({ id: textField, name: textField, prettyName: textField }),
      phaseTransitionTimestamps: listField(
        z.object({ phase: textField, phaseTransitionTimestamp: textField }),
      ),
    }),
  }),
  $claims: z
    .record(
      z.string(),
      z.object({ capacityBytes: numberField, storageClass: textField, volumeMode: textField }),
    )
    .optional()
    .catch(undefined),
});

export type MachineBody = z.output<typeof machineBody>;
