/** What machines can have in common, and how much each counts before rarity does. */
export const featureWeights = {
  cause: 3,
  concern: 2,
  tag: 2,
  operatingSystem: 1.5,
  network: 1.5,
  cluster: 1,
  datastore: 1,
  osFamily: 0.5,
  firmware: 0.5,
  cpus: 0.5,
  memory: 0.5,
  storage: 0.5,
  disks: 0.5,
  adapters: 0.5,
} as const;
export type FeatureGroup = keyof typeof featureWeights;

/** A row of `cypher/virtual-machine/features.cypher`. */
export interface FeatureRow {
  readonly cpuCount: number | null;
  readonly memoryMB: number | null;
  readonly diskCapacityBytes: number | null;
  readonly diskCount: number | null;
  readonly nicCount: number | null;
  readonly firmware: string | null;
  readonly guestId: string | null;
  readonly osFamily: string | null;
  readonly rules: readonly string[];
  readonly causes: readonly string[];
  readonly networks: readonly string[];
  readonly datastores: readonly string[];
  readonly clusters: readonly string[];
  readonly tags: readonly string[];
}

/** `<group>:<value>`; the value is an id where the group is about objects. */
const featureKey = (group: FeatureGroup, value: string | number): string => `${group}:${value}`;

export function featureParts(key: string): { group: FeatureGroup; value: string } {
  const colon = key.indexOf(':');
  const group = key.slice(0, colon);
  if (!Object.hasOwn(featureWeights, group)) throw new RangeError(`${key} is not a feature`);
  return { group: group as FeatureGroup, value: key.slice(colon + 1) };
}

/** The power of two that a quantity rounds up to: sizes that differ a little are alike. */
const bucketOf = (quantity: number): number =>
  quantity <= 1 ? 1 : 2 ** Math.ceil(Math.log2(quantity));

const gibibyte = 2 ** 30;

/** Keys of all that is known of a machine. What is unknown is no feature. */
export function featuresOf(row: FeatureRow): string[] {
  const keys: string[] = [];
  const add = (group: FeatureGroup, value: string | number | null): void => {
    if (value !== null && value !== '') keys.push(featureKey(group, value));
  };
  const addBucket = (group: FeatureGroup, quantity: number | null): void => {
    if (quantity !== null) add(group, bucketOf(quantity));
  };
  addBucket('cpus', row.cpuCount);
  addBucket('memory', row.memoryMB);
  addBucket('storage', row.diskCapacityBytes === null ? null : row.diskCapacityBytes / gibibyte);
  addBucket('disks', row.diskCount);
  addBucket('adapters', row.nicCount);
  add('firmware', row.firmware);
  add('operatingSystem', row.guestId);
  add('osFamily', row.osFamily);
  for (const rule of row.rules) add('concern', rule);
  for (const cause of row.causes) add('cause', cause);
  for (const network of row.networks) add('network', network);
  for (const datastore of row.datastores) add('datastore', datastore);
  for (const cluster of row.clusters) add('cluster', cluster);
  for (const tag of row.tags) add('tag', tag);
  return [...new Set(keys)];
}
