import { machineDevices } from './machine-devices.js';
import { attributeKeys } from './custom-attributes.js';
import { windows2022 } from './guest-systems.js';
import { MiB } from './inventory-value.js';
import { networkOf } from './layout.js';
import type { DiskDraft, MachineDraft } from './machine-draft.js';
import { duplicateName, oddNames } from './odd-names.js';
import { Random } from './random.js';
import { snapshotTree } from './snapshot-tree.js';

/**
 * Something that makes a machine hard to migrate, or a program stumble. It comes back at even
 * distances, so that the smallest estate has all of them and no estate has only odd machines.
 */
interface Peculiarity {
  /** Every so many machines. */
  readonly every: number;
  /** The first one; below 200, and below `every`. */
  readonly from: number;
  readonly apply: (machine: MachineDraft, random: Random) => void;
}

const renamed = (machine: MachineDraft, name: string): void => {
  machine.name = name;
};

function extraDisks(machine: MachineDraft, count: number): void {
  const [first] = machine.disks;
  if (first === undefined) return;
  machine.disks = Array.from({ length: count }, (_, place): DiskDraft => ({
    ...first,
    key: first.key + place,
    capacityGiB: 10,
    file: first.file.replace(/\.vmdk$/u, place === 0 ? '.vmdk' : `_${place}.vmdk`),
    changeTracking: machine.hasChangeTracking,
  }));
  machine.volumes = machine.volumes.slice(0, 1);
}

const last = (machine: MachineDraft): DiskDraft | undefined => machine.disks.at(-1);

const peculiarities: readonly Peculiarity[] = [
  {
    every: 17,
    from: 5,
    apply: (machine) => {
      const place = Math.floor((machine.index - 5) / 17) % oddNames.length;
      renamed(machine, oddNames[place] ?? oddNames[0]);
    },
  },
  {
    every: 61,
    from: 12,
    apply: (machine) => {
      renamed(machine, duplicateName);
    },
  },
  {
    every: 400,
    from: 33,
    apply: (machine) => {
      machine.annotation =
        'Migrated from the old site.\nSee the runbook – ünïcode, "quotes", <tags> & more.\n'.repeat(
          700,
        );
    },
  },
  {
    every: 29,
    from: 8,
    apply: (machine) => {
      machine.annotation = '';
    },
  },
  {
    every: 600,
    from: 60,
    apply: (machine) => {
      machine.memoryMB = 2 * 1024 * 1024;
      machine.cpus = 128;
      machine.coresPerSocket = 32;
    },
  },
  {
    every: 2000,
    from: 78,
    apply: (machine) => {
      extraDisks(machine, 60);
    },
  },
  {
    every: 5000,
    from: 77,
    apply: (machine) => {
      extraDisks(machine, 170);
    },
  },
  {
    every: 97,
    from: 21,
    apply: (machine) => {
      machine.consolidationNeeded = true;
    },
  },
  {
    every: 120,
    from: 40,
    apply: (machine) => {
      machine.affinity = [0, 1, 2, 3];
    },
  },
  {
    every: 110,
    from: 41,
    apply: (machine) => {
      machine.settings.set('numa.nodeAffinity', '0,1');
    },
  },
  {
    every: 6,
    from: 2,
    apply: (machine) => {
      machine.hotAdd = true;
    },
  },
  {
    every: 4,
    from: 1,
    apply: (machine) => {
      machine.settings.set('disk.EnableUUID', 'TRUE');
    },
  },
  {
    every: 131,
    from: 52,
    apply: (machine) => {
      for (const disk of machine.disks.slice(-1)) {
        disk.datastore = undefined;
        disk.file = `[decommissioned-lun-07] ${machine.name}/data.vmdk`;
      }
    },
  },
  {
    every: 150,
    from: 64,
    apply: (machine) => {
      const lost = machine.site.datastores.find(({ accessible }) => !accessible);
      const disk = last(machine);
      if (lost === undefined || disk === undefined) return;
      disk.datastore = lost;
      disk.capacityGiB = 0;
      disk.file = `[${lost.name}] ${machine.name}/${machine.name}.vmdk`;
    },
  },
  {
    every: 23,
    from: 9,
    apply: (machine, random) => {
      for (const disk of machine.disks.slice(-1))
        disk.mode = random.pick(['independent_persistent', 'independent_nonpersistent']);
    },
  },
  {
    every: 31,
    from: 14,
    apply: (machine) => {
      for (const disk of machine.disks.slice(-1)) disk.changeTracking = false;
    },
  },
  {
    every: 140,
    from: 44,
    apply: (machine) => {
      machine.isFaultTolerant = true;
    },
  },
  {
    every: 45,
    from: 18,
    apply: (machine) => {
      for (const volume of machine.volumes.slice(0, 1)) volume.freeBytes = 41 * MiB;
    },
  },
  {
    every: 70,
    from: 25,
    apply: (machine) => {
      for (const volume of machine.volumes.slice(1, 2)) volume.freeBytes = 3 * MiB;
    },
  },
  {
    every: 40,
    from: 19,
    apply: (machine) => {
      machine.hostName = '';
    },
  },
  {
    every: 53,
    from: 27,
    apply: (machine) => {
      for (const [place, nic] of machine.nics.entries())
        machine.nics[place] = { ...nic, address: undefined };
    },
  },
  {
    every: 90,
    from: 30,
    apply: (machine) => {
      const network = networkOf(machine.site, 'nfv');
      for (const [place, nic] of machine.nics.slice(0, 1).entries())
        machine.nics[place] = { ...nic, network, sriov: true };
    },
  },
  {
    every: 10,
    from: 3,
    apply: (machine) => {
      machine.devices.push(machineDevices.usbController());
    },
  },
  {
    every: 80,
    from: 13,
    apply: (machine) => {
      machine.devices.push(machineDevices.usbController(), machineDevices.usbDongle());
    },
  },
  {
    every: 75,
    from: 22,
    apply: (machine) => {
      machine.devices.push(machineDevices.xhciController());
    },
  },
  {
    every: 180,
    from: 71,
    apply: (machine) => {
      machine.devices.push(machineDevices.passthrough());
    },
  },
  {
    every: 160,
    from: 72,
    apply: (machine) => {
      machine.devices.push(machineDevices.serialPort());
    },
  },
  {
    every: 190,
    from: 73,
    apply: (machine) => {
      machine.devices.push(machineDevices.nvdimm());
    },
  },
  {
    every: 105,
    from: 35,
    apply: (machine) => {
      for (const disk of machine.disks.slice(-1)) disk.rawDevice = 'physicalMode';
    },
  },
  {
    every: 210,
    from: 36,
    apply: (machine) => {
      for (const disk of machine.disks.slice(-1)) disk.rawDevice = 'virtualMode';
    },
  },
  {
    every: 900,
    from: 95,
    apply: (machine) => {
      machine.isOrphaned = true;
    },
  },
  {
    every: 50,
    from: 6,
    apply: (machine) => {
      machine.attributes.set(attributeKeys.lastBackup, '2025-10-31T23:00:05Z – OK');
    },
  },
];

/** What comes of a machine's surroundings rather than by turns. */
function circumstances(machine: MachineDraft, random: Random): void {
  const { profile } = machine.cluster;
  if (profile === 'gpu' && machine.tier !== 'web') {
    machine.devices.push(machineDevices.vgpu(random.pick(['grid_a10-8q', 'grid_a10-24q'])));
  }
  if (machine.system.hasTpm && random.chance(0.5)) machine.devices.push(machineDevices.tpm());
  // Agents before version 12 do not say on which disk a drive lies.
  if (machine.system.family === 'windows' && random.chance(0.3)) {
    for (const volume of machine.volumes) volume.disk = undefined;
  }
  if (random.chance(0.12)) machine.snapshots = [...snapshotTree(machine.id, random)];
}

/** The two database machines of an application share a data disk and a quorum disk. */
function shareDisks(machine: MachineDraft, together: readonly MachineDraft[]): void {
  if (machine.application?.sharesDisks !== true || machine.tier !== 'db') return;
  const [first] = together.filter(({ tier }) => tier === 'db');
  if (first === undefined) return;
  machine.system = windows2022;
  machine.busSharing = 'physicalSharing';
  machine.snapshots = [];
  for (const [place, disk] of machine.disks.slice(1).entries()) {
    const original = first.disks[place + 1];
    if (original === undefined) continue;
    disk.file = original.file;
    disk.datastore = original.datastore;
    disk.capacityGiB = original.capacityGiB;
    disk.sharing = 'sharingMultiWriter';
    disk.thin = false;
    disk.changeTracking = false;
  }
}

/** Gives a machine what makes it special, if anything. */
export function applyPeculiarities(
  machine: MachineDraft,
  together: readonly MachineDraft[],
  seed: number,
): void {
  const random = new Random(seed, 'peculiar', machine.index);
  circumstances(machine, random);
  for (const { every, from, apply } of peculiarities) {
    if (machine.index % every === from) apply(machine, random);
  }
  shareDisks(machine, together);
  if (machine.powerState !== 'poweredOn') machine.toolsRunning = false;
}
