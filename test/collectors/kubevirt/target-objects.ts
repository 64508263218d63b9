import type { DesiredObject } from '../../../src/kubernetes/index.js';

/** A disk of the given size that is filled with nothing. */
export const blankVolume = (namespace: string, name: string): DesiredObject => ({
  apiVersion: 'cdi.kubevirt.io/v1beta1',
  kind: 'DataVolume',
  metadata: { name, namespace },
  spec: {
    source: { blank: {} },
    storage: { resources: { requests: { storage: '10Gi' } }, accessModes: ['ReadWriteOnce'] },
  },
});

export interface MachineOptions {
  readonly annotations?: Record<string, string>;
  readonly runStrategy?: string;
}

/** A machine with one disk, one adapter on a VLAN, and a password in its start-up data. */
export const machine = (
  namespace: string,
  name: string,
  options: MachineOptions = {},
): DesiredObject => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name, namespace, annotations: options.annotations ?? {} },
  spec: {
    runStrategy: options.runStrategy ?? 'Halted',
    template: {
      spec: {
        domain: {
          cpu: { sockets: 2, cores: 3 },
          memory: { guest: '3Gi' },
          firmware: { uuid: '4231d5f0-6a44-8a5c-0000-0123456789ab' },
          devices: {
            disks: [
              { name: 'root', disk: { bus: 'virtio' }, serial: 'abc' },
              { name: 'init', disk: { bus: 'virtio' } },
            ],
            interfaces: [{ name: 'lan', macAddress: '02:00:00:AA:BB:01', bridge: {} }],
          },
        },
        networks: [{ name: 'lan', multus: { networkName: 'lan' } }],
        volumes: [
          { name: 'root', dataVolume: { name: `${name}-root` } },
          { name: 'init', cloudInitNoCloud: { userData: 'password: hunter2' } },
        ],
      },
    },
  },
});

export const attachment = (namespace: string, config: string): DesiredObject => ({
  apiVersion: 'k8s.cni.cncf.io/v1',
  kind: 'NetworkAttachmentDefinition',
  metadata: { name: 'lan', namespace },
  spec: { config },
});
