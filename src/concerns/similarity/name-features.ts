import type { Graph, RunOptions } from '../../graph/query/graph.js';
import { namesOf } from '../analysis/analysis-queries.js';
import { ruleById } from '../catalogue.js';
import { featureParts, type FeatureGroup } from './feature.js';
import type { SimilarityIndex } from './similarity-index.js';

/** Something that machines have in common, or not. */
export interface Feature {
  readonly group: FeatureGroup;
  /** Id of the object or rule; a quantity where the group is about a size. */
  readonly value: string;
  /** For people. */
  readonly label: string;
  readonly weight: number;
  /** Machines that have it. */
  readonly machines: number;
}

const objectGroups: ReadonlySet<FeatureGroup> = new Set<FeatureGroup>([
  'cause',
  'tag',
  'network',
  'cluster',
  'datastore',
]);

const plural = (count: string, one: string, more: string): string =>
  count === '1' ? `1 ${one}` : `up to ${count} ${more}`;

function labelOf(group: FeatureGroup, value: string, names: ReadonlyMap<string, string>): string {
  switch (group) {
    case 'cause':
    case 'tag':
    case 'network':
    case 'cluster':
    case 'datastore':
      return names.get(value) ?? value;
    case 'concern':
      return ruleById(value)?.label ?? value;
    case 'cpus':
      return plural(value, 'CPU', 'CPUs');
    case 'memory':
      return `up to ${value} MiB of memory`;
    case 'storage':
      return `up to ${value} GiB of disks`;
    case 'disks':
      return plural(value, 'disk', 'disks');
    case 'adapters':
      return plural(value, 'network adapter', 'network adapters');
    case 'operatingSystem':
    case 'osFamily':
    case 'firmware':
      return value;
  }
}

/** Names for features and machines, read in one query. */
export async function nameFeatures(
  graph: Graph,
  index: SimilarityIndex,
  features: readonly number[],
  machines: readonly string[],
  options: RunOptions,
): Promise<{ feature: (number: number) => Feature; machineName: (id: string) => string }> {
  const parts = new Map(
    [...new Set(features)].map((number) => [number, featureParts(index.features.textOf(number))]),
  );
  const objects = [...parts.values()].filter(({ group }) => objectGroups.has(group));
  const ids = [...new Set([...machines, ...objects.map(({ value }) => value)])];
  const rows = await graph.read(namesOf, { ids }, options);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const feature = (number: number): Feature => {
    const { group, value } = parts.get(number) ?? featureParts(index.features.textOf(number));
    return {
      group,
      value,
      label: labelOf(group, value, names),
      weight: index.weights[number] ?? 0,
      machines: index.postings.count(number),
    };
  };
  return { feature, machineName: (id) => names.get(id) ?? id };
}
