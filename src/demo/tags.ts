import type { VsphereRawObject } from '../collectors/vsphere/raw.js';
import { owners, type Application, type Tier } from './applications.js';
import { rawObject } from './inventory-value.js';

interface Category {
  readonly name: string;
  readonly cardinality: 'SINGLE' | 'MULTIPLE';
  readonly tags: readonly string[];
}

const categories: readonly Category[] = [
  { name: 'Environment', cardinality: 'SINGLE', tags: ['production', 'test', 'development'] },
  { name: 'Tier', cardinality: 'SINGLE', tags: ['web', 'app', 'db'] },
  { name: 'Team', cardinality: 'SINGLE', tags: owners },
  { name: 'Backup', cardinality: 'SINGLE', tags: ['daily', 'weekly'] },
  { name: 'Compliance', cardinality: 'MULTIPLE', tags: ['pci-dss', 'gdpr', 'Schützenswert'] },
];

/** Ids have the form that vSphere's tagging gives them; the middle is a UUID. */
function tagId(category: string, tag: string): string {
  const place = categories.findIndex(({ name }) => name === category);
  const number = categories[place]?.tags.indexOf(tag) ?? 0;
  const digits = `${place.toString(16).padStart(4, '0')}-${number.toString(16).padStart(12, '0')}`;
  return `urn:vmomi:InventoryServiceTag:6f1c2d3e-0000-4000-${digits}:GLOBAL`;
}

export function* tagObjects(): Generator<VsphereRawObject> {
  for (const { name: category, cardinality, tags } of categories) {
    for (const tag of tags) {
      const description = category === 'Backup' ? `Backed up ${tag}` : '';
      yield rawObject('Tag', tagId(category, tag), {
        name: tag,
        description,
        category,
        cardinality,
      });
    }
  }
}

export function tagsFor(application: Application, tier: Tier): string[] {
  const { environment, index } = application;
  return [
    tagId('Environment', environment),
    tagId('Tier', tier),
    tagId('Team', application.owner),
    ...(environment === 'development' ? [] : [tagId('Backup', tier === 'db' ? 'daily' : 'weekly')]),
    ...(index % 8 === 1 ? [tagId('Compliance', 'pci-dss'), tagId('Compliance', 'gdpr')] : []),
    ...(index % 8 === 5 ? [tagId('Compliance', 'Schützenswert')] : []),
  ];
}
