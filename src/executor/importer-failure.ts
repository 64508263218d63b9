interface KnownFailure {
  readonly pattern: RegExp;
  readonly remedy: string;
}

/** What importers complain of most, and what helps. The first match counts. */
const knownFailures: readonly KnownFailure[] = [
  {
    pattern: /thumbprint|certificate|x509/iu,
    remedy: "Compare the source's certificate with the fingerprint that was verified for it.",
  },
  {
    pattern: /login|password|credential|permission|denied|unauthorized/iu,
    remedy:
      "Check the source's credentials and that they may read the disks (VirtualMachine.Provisioning.DiskRandomRead).",
  },
  {
    pattern: /no space|out of space|insufficient.*space|exceeded quota|quota/iu,
    remedy: 'Free or add space in the storage class, or raise the quota of the namespace.',
  },
  {
    pattern: /imagepull|errimage|image.*not found/iu,
    remedy: 'Check that the cluster can pull the VDDK image and that its name is right.',
  },
  {
    pattern: /vddk|nbdkit/iu,
    remedy:
      'Check that the VDDK image fits the version of the source and that the cluster reaches the hypervisors on port 902.',
  },
  {
    pattern: /unbound|waitforfirstconsumer|no.*storage ?class|provision/iu,
    remedy: 'Check that the storage class can provision a volume of that size and access mode.',
  },
  {
    pattern: /timeout|timed out|connection|unreachable|no route/iu,
    remedy: 'Check that the cluster reaches the source and its hypervisors (ports 443 and 902).',
  },
];

/** What to do about an importer's complaint. */
export const importerRemedy = (complaint: string): string =>
  knownFailures.find(({ pattern }) => pattern.test(complaint))?.remedy ??
  'Read the log of the importer, mend the cause, then retry: the volume is made anew.';
