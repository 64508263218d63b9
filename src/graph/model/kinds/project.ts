import { defineKind } from '../kind.js';
import { flag, text, textList } from '../property.js';

export const domain = defineKind({
  label: 'Domain',
  doc: 'A Keystone domain: whom its projects and users belong to.',
  keeper: 'collector',
  properties: {
    description: text('What people wrote about it.', { fullText: true }),
    enabled: flag('Its users can log in.'),
  },
  edges: {},
});

export const project = defineKind({
  label: 'Project',
  doc: 'A project (tenant) of a cloud: what owns machines, volumes and networks, and has quotas.',
  keeper: 'collector',
  properties: {
    description: text('What people wrote about it.', { fullText: true }),
    enabled: flag('It can be used.'),
    path: text('Names of domain, projects above it and itself, separated by /.', {
      fullText: true,
    }),
    labels: textList('Tags set on it.', { fullText: true }),
  },
  edges: {
    // (:Project)-[:IN_DOMAIN]->(:Domain)
    domain: {
      type: 'IN_DOMAIN',
      direction: 'out',
      to: ['Domain'],
      cardinality: 'one',
      inverse: 'projects',
      inverseCardinality: 'many',
      doc: 'The domain it belongs to.',
    },
    // (:Project)-[:CHILD_OF]->(:Project)
    parent: {
      type: 'CHILD_OF',
      direction: 'out',
      to: ['Project'],
      cardinality: 'one',
      inverse: 'children',
      inverseCardinality: 'many',
      doc: 'The project above it.',
    },
  },
});

/** Who owns an object of a cloud; each kind names the other end after itself. */
export const inProject = <const Inverse extends string>(inverse: Inverse) =>
  ({
    type: 'IN_PROJECT',
    direction: 'out',
    to: ['Project'],
    cardinality: 'one',
    inverse,
    inverseCardinality: 'many',
    doc: 'The project that owns it.',
  }) as const;
