/** An operating system as vSphere's configuration and its guest agent name it. */
export interface GuestSystem {
  readonly family: 'linux' | 'windows';
  readonly guestId: string;
  /** Configured name. */
  readonly fullName: string;
  /** Name that the guest agent reports. */
  readonly reported: string;
  readonly firmware: 'bios' | 'efi';
  readonly hasTpm: boolean;
}

const linux = (guestId: string, fullName: string, reported = fullName): GuestSystem => ({
  family: 'linux',
  guestId,
  fullName,
  reported,
  firmware: 'bios',
  hasTpm: false,
});

const windows = (guestId: string, fullName: string, hasTpm: boolean): GuestSystem => ({
  family: 'windows',
  guestId,
  fullName,
  reported: fullName,
  firmware: 'efi',
  hasTpm,
});

export const redHat9 = linux(
  'rhel9_64Guest',
  'Red Hat Enterprise Linux 9 (64-bit)',
  'Red Hat Enterprise Linux 9.4 (Plow)',
);

export const windows2022 = windows(
  'windows2019srvNext_64Guest',
  'Microsoft Windows Server 2022 (64-bit)',
  true,
);

/** With weights as estates of this kind have them. */
export const guestSystems: readonly [
  readonly [number, GuestSystem],
  ...(readonly [number, GuestSystem])[],
] = [
  [20, redHat9],
  [
    16,
    linux(
      'rhel8_64Guest',
      'Red Hat Enterprise Linux 8 (64-bit)',
      'Red Hat Enterprise Linux 8.10 (Ootpa)',
    ),
  ],
  [8, linux('rhel7_64Guest', 'Red Hat Enterprise Linux 7 (64-bit)')],
  [14, windows2022],
  [12, windows('windows2019srv_64Guest', 'Microsoft Windows Server 2019 (64-bit)', false)],
  [5, windows('windows9Server64Guest', 'Microsoft Windows Server 2016 (64-bit)', false)],
  [4, windows('windows8Server64Guest', 'Microsoft Windows Server 2012 (64-bit)', false)],
  [8, linux('ubuntu64Guest', 'Ubuntu Linux (64-bit)', 'Ubuntu 22.04.4 LTS')],
  [
    5,
    linux(
      'sles15_64Guest',
      'SUSE Linux Enterprise 15 (64-bit)',
      'SUSE Linux Enterprise Server 15 SP5',
    ),
  ],
  [4, linux('debian11_64Guest', 'Debian GNU/Linux 11 (64-bit)')],
  [3, linux('centos6_64Guest', 'CentOS 6 (64-bit)')],
  [1, linux('otherGuest64', 'Other (64-bit)', '')],
];
