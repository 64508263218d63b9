import { z } from 'zod';

/*
 * vim25 values in Go's JSON: a zero or an empty list is left out or null, and a list that is a
 * property of its own stands under `_value`.
 */

export const reference = z.object({ type: z.string(), value: z.string() });
export type Reference = z.infer<typeof reference>;

export const many = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

/** A list as a property's own value. */
export const listed = <T extends z.ZodType>(item: T) =>
  z
    .object({ _value: many(item) })
    .nullish()
    .transform((list) => list?._value ?? []);

export const optional = <T extends z.ZodType>(value: T) =>
  value.nullish().transform((given) => given ?? undefined);

const escapes: Readonly<Record<string, string>> = { '%2f': '/', '%5c': '\\', '%25': '%' };

/** Names of the inventory come with three characters escaped. */
export const plainName = (name: string): string =>
  name.replace(/%(?:2f|5c|25)/giu, (escape) => escapes[escape.toLowerCase()] ?? escape);

const kinds: Readonly<Record<string, string>> = {
  Folder: 'Folder',
  Datacenter: 'Datacenter',
  StoragePod: 'DatastoreCluster',
  ComputeResource: 'Cluster',
  ClusterComputeResource: 'Cluster',
  HostSystem: 'Host',
  ResourcePool: 'ResourcePool',
  VirtualApp: 'ResourcePool',
  Datastore: 'Datastore',
  Network: 'Network',
  OpaqueNetwork: 'Network',
  DistributedVirtualPortgroup: 'Network',
  DistributedVirtualSwitch: 'Switch',
  VmwareDistributedVirtualSwitch: 'Switch',
  VirtualMachine: 'VirtualMachine',
};

export const kindOfType = (type: string): string => kinds[type] ?? type;
