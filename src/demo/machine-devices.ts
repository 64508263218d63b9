import type { Body } from './inventory-value.js';

const described = (label: string, summary: string): Body => ({
  $type: 'Description',
  label,
  summary,
});

/** Devices that only some machines have, as vim25 describes them. Keys are those that vCenter gives. */
export const machineDevices = {
  usbController: (): Body => ({
    $type: 'VirtualUSBController',
    key: 7000,
    deviceInfo: described('USB controller', 'Auto connect Disabled'),
    busNumber: 0,
    autoConnectDevices: false,
    ehciEnabled: true,
  }),
  xhciController: (): Body => ({
    $type: 'VirtualUSBXHCIController',
    key: 14_000,
    deviceInfo: described('USB xHCI controller', 'USB xHCI controller'),
    busNumber: 0,
    autoConnectDevices: false,
  }),
  usbDongle: (): Body => ({
    $type: 'VirtualUSB',
    key: 11_000,
    deviceInfo: described('USB 1', 'Licence dongle'),
    backing: {
      $type: 'VirtualUSBRemoteHostBackingInfo',
      deviceName: 'path:1/0/3',
      hostname: 'esx01.example.com',
    },
    connected: true,
    vendor: 1154,
    product: 257,
  }),
  passthrough: (): Body => ({
    $type: 'VirtualPCIPassthrough',
    key: 13_000,
    deviceInfo: described('PCI device 0', 'NVIDIA A10'),
    backing: {
      $type: 'VirtualPCIPassthroughDeviceBackingInfo',
      id: '0000:3b:00.0',
      deviceId: '2236',
      systemId: '5f1e3c4d-aaaa-bbbb-cccc-0123456789ab',
      vendorId: 4318,
      deviceName: 'NVIDIA A10',
    },
  }),
  vgpu: (profile: string): Body => ({
    $type: 'VirtualPCIPassthrough',
    key: 13_001,
    deviceInfo: described('PCI device 1', `NVIDIA GRID vGPU ${profile}`),
    backing: { $type: 'VirtualPCIPassthroughVmiopBackingInfo', vgpu: profile },
  }),
  tpm: (): Body => ({
    $type: 'VirtualTPM',
    key: 11_001,
    deviceInfo: described('Virtual TPM', 'Trusted Platform Module'),
  }),
  serialPort: (): Body => ({
    $type: 'VirtualSerialPort',
    key: 9000,
    deviceInfo: described('Serial port 1', 'Remote telnet://:7001'),
    backing: {
      $type: 'VirtualSerialPortURIBackingInfo',
      serviceURI: 'telnet://:7001',
      direction: 'server',
    },
    yieldOnPoll: true,
  }),
  nvdimm: (): Body => ({
    $type: 'VirtualNVDIMM',
    key: 34_000,
    deviceInfo: described('NVDIMM 1', '16,384 MB'),
    capacityInMB: 16_384,
  }),
} as const;
