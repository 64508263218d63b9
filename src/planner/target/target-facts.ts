import { z } from 'zod';

const text = z.string().nullish();
const whole = z.number().nullish();
const flag = z.boolean().nullish();
const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

const networkAttachment = z.object({
  externalId: z.string(),
  name: z.string(),
  namespace: z.string(),
  pluginType: text,
  bridge: text,
  vlanId: whole,
  topology: text,
  physicalNetwork: text,
  resourceName: text,
});
export type NetworkAttachmentFacts = z.output<typeof networkAttachment>;

const storageClass = z.object({
  name: z.string(),
  isDefault: flag,
  isVirtDefault: flag,
  claimPropertySets: texts,
  capacityBytes: whole,
});
export type StorageClassFacts = z.output<typeof storageClass>;

const node = z.object({
  name: z.string(),
  ready: flag,
  schedulable: flag,
  kvm: flag,
  architecture: text,
  taints: texts,
  cpuAllocatableMillis: whole,
  memoryAllocatableBytes: whole,
  cpuRequestedMillis: whole,
  memoryRequestedBytes: whole,
  extendedResources: texts,
});
export type NodeFacts = z.output<typeof node>;

const instanceType = z.object({
  name: z.string(),
  clusterWide: flag,
  namespaceName: text,
  cpuGuest: whole,
  memoryGuestBytes: whole,
  dedicatedCpuPlacement: flag,
  gpus: texts,
});
export type InstanceTypeFacts = z.output<typeof instanceType>;

const preference = z.object({
  name: z.string(),
  clusterWide: flag,
  namespaceName: text,
  osType: text,
});
export type PreferenceFacts = z.output<typeof preference>;

const quota = z.object({ name: z.string(), hard: texts, used: texts });
export type QuotaFacts = z.output<typeof quota>;

/** What a plan knows of its target, with the namespace that it goes to. */
export const targetFacts = z.object({
  source: z.string(),
  name: text,
  kubevirtVersion: text,
  cdiVersion: text,
  featureGates: texts,
  namespace: z.object({ phase: text, podSecurity: text }).nullish(),
  networkAttachments: z.array(networkAttachment),
  storageClasses: z.array(storageClass),
  nodes: z.array(node),
  instanceTypes: z.array(instanceType),
  preferences: z.array(preference),
  quotas: z.array(quota),
});
export type TargetFacts = z.output<typeof targetFacts>;
