const buses = ['scsi', 'sata', 'ide', 'usb', 'virtio'] as const;

/** Bus of a disk from the property `hw_disk_bus` of its image, in common words and in its own. */
export const diskBus = (
  word: string | undefined,
): {
  readonly bus: (typeof buses)[number] | 'unknown';
  readonly sourceBus: string | undefined;
} => ({
  bus: buses.find((bus) => bus === word?.toLowerCase()) ?? 'unknown',
  sourceBus: word,
});
