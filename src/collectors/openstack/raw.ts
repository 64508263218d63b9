/**
 * The raw form of objects of a cloud: what the reader writes, what a bundle holds and what `map`
 * reads.
 *
 * - `type` is the service's own word for the object in the singular; `externalId` is its id, and the
 *   name where it has none (availability zones, storage pools, hypervisors by their host name).
 * - `body` is the object as the service gives it, without `links` and without the start-up data of
 *   servers, which often holds passwords.
 *
 * Keys that begin with `$` are added by the reader, so that one object alone says all that `map`
 * needs, and a replay in any order gives the same graph:
 *
 * | key | on | value |
 * | --- | --- | --- |
 * | `$path` | project, server | names of domain and projects above it, joined by `/` |
 * | `$hasUserData` | server | whether it was given start-up data |
 * | `$flavorId` | server | id of its flavor, where it still exists |
 * | `$flavor` | server | its flavor, where the service names only its id |
 * | `$image` | server | `{ id, properties }` of what it or its boot volume was made from |
 * | `$volumes` | server | `[{ id, size }]` of its volumes, size in GiB |
 * | `$networks` | server | ids of the networks its ports are on; absent where ports are unknown |
 * | `$portCount` | server | number of its ports; absent where ports are unknown |
 * | `$hypervisors` | availabilityZone | external ids of the hypervisors in it |
 * | `$volumeTypeId` | volume | id of its type, which the service gives by name |
 * | `$portOwner` | floatingIp | `device_owner` of the port it leads to |
 */
export const openstackTypes = [
  'domain',
  'project',
  'hypervisor',
  'availabilityZone',
  'flavor',
  'image',
  'volumeType',
  'storagePool',
  'volume',
  'volumeSnapshot',
  'network',
  'subnet',
  'securityGroup',
  'router',
  'port',
  'floatingIp',
  'server',
  'serverGroup',
] as const;
export type OpenstackType = (typeof openstackTypes)[number];

/** Owners of ports that are adapters of machines: `compute:nova`, `compute:<zone>`. */
export const isAdapter = (deviceOwner: unknown): boolean =>
  typeof deviceOwner === 'string' && deviceOwner.startsWith('compute:');
