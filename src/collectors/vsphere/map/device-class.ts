import type { Fields } from './fields.js';

/** Classes of vim25 in the model's terms. What is not listed is decided by its ending, or other. */
const classes: Readonly<Record<string, string>> = {
  VirtualPCIPassthrough: 'pciPassthrough',
  VirtualSriovEthernetCard: 'sriov',
  VirtualUSBController: 'usbController',
  VirtualUSBXHCIController: 'usbController',
  VirtualUSB: 'usb',
  VirtualSerialPort: 'serialPort',
  VirtualParallelPort: 'parallelPort',
  VirtualTPM: 'tpm',
  VirtualNVDIMM: 'nvdimm',
  VirtualCdrom: 'cdrom',
  VirtualFloppy: 'floppy',
  VirtualSCSIController: 'scsiController',
  ParaVirtualSCSIController: 'scsiController',
  VirtualBusLogicController: 'scsiController',
  VirtualLsiLogicController: 'scsiController',
  VirtualLsiLogicSASController: 'scsiController',
  VirtualSATAController: 'sataController',
  VirtualAHCIController: 'sataController',
  VirtualIDEController: 'ideController',
  VirtualNVMEController: 'nvmeController',
  VirtualMachineVideoCard: 'videoCard',
  VirtualHdAudioCard: 'sound',
  VirtualEnsoniq1371: 'sound',
  VirtualSoundBlaster16: 'sound',
  VirtualSoundCard: 'sound',
  VirtualWDT: 'watchdog',
  VirtualPrecisionClock: 'precisionClock',
  VirtualSCSIPassthrough: 'scsiPassthrough',
  VirtualSGX: 'sgx',
  VirtualMachineVMCIDevice: 'vmci',
  VirtualKeyboard: 'keyboard',
  VirtualPointingDevice: 'pointing',
};

const buses: Readonly<Record<string, string>> = {
  scsiController: 'scsi',
  sataController: 'sata',
  ideController: 'ide',
  nvmeController: 'nvme',
  usbController: 'usb',
};

/** A vGPU is a PCI passthrough device whose backing names a profile. */
const isVgpu = (device: Fields): boolean =>
  device.class === 'VirtualPCIPassthrough' && device.part('backing').has('vgpu');

export const deviceClass = (device: Fields): string =>
  isVgpu(device) ? 'vgpu' : (classes[device.class] ?? 'other');

/** Bus that a controller offers to disks. */
export const busOf = (controller: Fields | undefined): string =>
  controller === undefined ? 'unknown' : (buses[deviceClass(controller)] ?? 'unknown');
