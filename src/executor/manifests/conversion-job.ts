import type {
  V1ConfigMap,
  V1Container,
  V1EnvVar,
  V1Job,
  V1Volume,
  V1VolumeDevice,
  V1VolumeMount,
} from '@kubernetes/client-node';
import type { ExecutorConfiguration } from '../configuration.js';
import type { ManifestOf } from '../manifest.js';
import { objectName } from '../object-names.js';
import type { ConversionAddress } from '../ports.js';
import type { WorkOrder } from '../work-order.js';
import { libvirtDomain, type ConversionDisk } from './libvirt-domain.js';

/** Name of the container that converts. */
export const conversionContainer = 'virt-v2v';

export const conversionObjectName = (order: WorkOrder, retries: number): string =>
  objectName(
    order.plan,
    order.source.id,
    retries === 0 ? 'convert' : `convert-r${String(retries)}`,
  );

/** Where the disk of a volume shows in the conversion Pod. */
export const conversionDisk = (claim: string, index: number, block: boolean): ConversionDisk => ({
  claim,
  block,
  path: block ? `/dev/block${String(index)}` : `/mnt/disks/disk${String(index)}/disk.img`,
});

export const conversionConfigMap = (
  order: WorkOrder,
  name: string,
  disks: readonly ConversionDisk[],
): ManifestOf<V1ConfigMap> => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: order.namespace },
  data: { 'input.xml': libvirtDomain(order, disks) },
});

function variables(order: WorkOrder, source: ConversionSource | undefined): V1EnvVar[] {
  const common = [
    { name: 'V2V_source', value: 'vSphere' },
    { name: 'V2V_vmName', value: source?.machineName ?? order.source.name },
    { name: 'V2V_NewName', value: order.targetName },
  ];
  if (source === undefined) return [...common, { name: 'V2V_inPlace', value: '1' }];
  return [
    ...common,
    { name: 'V2V_libvirtURL', value: source.libvirtUri },
    { name: 'V2V_fingerprint', value: source.thumbprint },
    { name: 'V2V_secretKey', value: '/etc/secret/secretKey' },
  ];
}

/** Where virt-v2v reads from when it copies too; nothing secret. */
export interface ConversionSource extends ConversionAddress {
  readonly thumbprint: string;
}

function podVolumes(order: WorkOrder, name: string, disks: readonly ConversionDisk[]): V1Volume[] {
  return [
    ...disks.map(({ claim }, index) => ({
      name: `disk-${String(index)}`,
      persistentVolumeClaim: { claimName: claim },
    })),
    { name: 'domain', configMap: { name } },
    { name: 'source', secret: { secretName: order.secretName } },
    { name: 'vddk', emptyDir: {} },
    { name: 'scratch', emptyDir: {} },
  ];
}

const diskMounts = (disks: readonly ConversionDisk[]): V1VolumeMount[] =>
  disks.flatMap((disk, index) =>
    disk.block
      ? []
      : [{ name: `disk-${String(index)}`, mountPath: disk.path.replace(/\/disk\.img$/u, '') }],
  );

const diskDevices = (disks: readonly ConversionDisk[]): V1VolumeDevice[] =>
  disks.flatMap((disk, index) =>
    disk.block ? [{ name: `disk-${String(index)}`, devicePath: disk.path }] : [],
  );

function container(
  order: WorkOrder,
  disks: readonly ConversionDisk[],
  source: ConversionSource | undefined,
  configuration: ExecutorConfiguration,
): V1Container {
  const kvm = configuration.conversionNeedsKvm ? { 'devices.kubevirt.io/kvm': '1' } : {};
  return {
    name: conversionContainer,
    image: configuration.conversionImage,
    env: variables(order, source),
    resources: {
      requests: { cpu: '1', memory: '1Gi', ...kvm },
      limits: { cpu: '4', memory: '8Gi', ...kvm },
    },
    volumeMounts: [
      ...diskMounts(disks),
      { name: 'domain', mountPath: '/mnt/v2v' },
      { name: 'source', mountPath: '/etc/secret', readOnly: true },
      { name: 'vddk', mountPath: '/opt' },
      { name: 'scratch', mountPath: '/var/tmp/virt-v2v' },
    ],
    volumeDevices: diskDevices(disks),
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
}

/**
 * Runs virt-v2v once over the copied volumes, or lets it copy from the source itself where a
 * `source` is given.
 */
export function conversionJob(
  order: WorkOrder,
  name: string,
  disks: readonly ConversionDisk[],
  source: ConversionSource | undefined,
  configuration: ExecutorConfiguration,
): ManifestOf<V1Job> {
  const vddk =
    order.vddkImage === undefined
      ? []
      : [
          {
            name: 'vddk',
            image: order.vddkImage,
            volumeMounts: [{ name: 'vddk', mountPath: '/opt' }],
          },
        ];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: order.namespace },
    spec: {
      // A half-converted disk is not converted again by itself: a person decides.
      backoffLimit: 0,
      activeDeadlineSeconds: configuration.conversionDeadlineSeconds,
      template: {
        metadata: { labels: { 'app.kubernetes.io/managed-by': 'opal' } },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          securityContext: {
            runAsUser: 107,
            runAsNonRoot: true,
            fsGroup: 107,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          ...(configuration.conversionNeedsKvm
            ? { nodeSelector: { 'kubevirt.io/schedulable': 'true' } }
            : {}),
          initContainers: vddk,
          containers: [container(order, disks, source, configuration)],
          volumes: podVolumes(order, name, disks),
        },
      },
    },
  };
}
