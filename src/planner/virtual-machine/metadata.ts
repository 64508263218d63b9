import { annotations, labels, managedByValue } from '../../kubernetes/index.js';
import { machineKey } from '../names/object-names.js';
import type { Blueprint } from './blueprint.js';

const tagPrefix = 'tags.opal.konveyor.io/';
const attributePrefix = 'attributes.opal.konveyor.io/';

/** A valid name or value of a label: 63 characters, beginning and ending with a letter or digit. */
const labelPart = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^-A-Za-z0-9_.]+/gu, '-')
    .replace(/^[-_.]+/u, '')
    .slice(0, 63)
    .replace(/[-_.]+$/u, '');

/** Annotations of an object may have 256 KiB in all; one attribute gets a small share. */
const longestAttribute = 2048;
const mostAttributes = 50;

/** One label a category; the tags of a category that allows several are joined. */
function tagLabels({ machine, options }: Blueprint): Record<string, string> {
  if (!options.tagLabels) return {};
  const byCategory = new Map<string, string[]>();
  for (const { name, category } of machine.tags) {
    const key = labelPart(category ?? '') || 'tag';
    byCategory.set(key, [...(byCategory.get(key) ?? []), labelPart(name)]);
  }
  return Object.fromEntries(
    [...byCategory].map(([key, values]) => [
      tagPrefix + key,
      labelPart(
        values
          .filter((value) => value !== '')
          .sort()
          .join('_'),
      ),
    ]),
  );
}

function attributeAnnotations({ machine, options }: Blueprint): Record<string, string> {
  if (!options.tagLabels) return {};
  const entries = machine.customAttributes.slice(0, mostAttributes).flatMap((attribute) => {
    const equals = attribute.indexOf('=');
    const key = labelPart(attribute.slice(0, Math.max(equals, 0)));
    const value = attribute.slice(equals + 1);
    return key === '' ? [] : [[attributePrefix + key, value.slice(0, longestAttribute)] as const];
  });
  return Object.fromEntries(entries);
}

/** Labels by which our objects are found again; all objects of a planned machine have them. */
export const ownLabels = ({ planId, machine }: Blueprint): Record<string, string> => ({
  [labels.managedBy]: managedByValue,
  [labels.plan]: planId,
  [labels.machine]: machineKey(machine.id),
});

export const machineLabels = (blueprint: Blueprint): Record<string, string> => ({
  ...tagLabels(blueprint),
  ...blueprint.options.labels,
  ...ownLabels(blueprint),
});

export const machineAnnotations = (blueprint: Blueprint): Record<string, string> => ({
  ...attributeAnnotations(blueprint),
  ...blueprint.options.annotations,
  [annotations.migratedFrom]: blueprint.machine.id,
  [annotations.originalName]: blueprint.machine.name,
});
