import { defineKind } from '../kind.js';
import { text } from '../property.js';

export const concern = defineKind({
  label: 'Concern',
  doc: 'A rule of the catalogue that fires on at least one machine.',
  keeper: 'concerns',
  properties: {
    id: text('Id of the rule, for instance vmware.disk.shared.detected.', { indexed: true }),
    category: text('How grave it is.', {
      indexed: true,
      values: ['Critical', 'Warning', 'Information', 'Advisory'],
    }),
    label: text('Title of the rule, without values.', { fullText: true }),
    provider: text('Sources it is for: vmware, ovirt, openstack, ova, …'),
    catalogue: text('Version of the catalogue.'),
  },
  edges: {},
});

export const cause = defineKind({
  label: 'Cause',
  doc: 'Where one would fix a concern: one place, for all machines it holds back.',
  keeper: 'concerns',
  properties: {
    id: text('`<rule>@<id of the entity>`, with `#<part>` where one place has several causes.', {
      indexed: true,
    }),
    label: text('What to fix, with the name of the place.', { fullText: true }),
    remedy: text('How to fix it.'),
    rule: text('Id of the rule.', { indexed: true }),
    category: text('Category of the rule.'),
    at: text('Id of the entity where one would fix it.', { indexed: true }),
    atKind: text('Kind of that entity.'),
  },
  edges: {
    // (:Cause)-[:OF]->(:Concern)
    concern: {
      type: 'OF',
      direction: 'out',
      to: ['Concern'],
      cardinality: 'one',
      inverse: 'causes',
      inverseCardinality: 'many',
      doc: 'The concern it would clear.',
      keeper: 'concerns',
    },
    // (:Cause)-[:AT]->(the entity where one would fix it)
    place: {
      type: 'AT',
      direction: 'out',
      to: [
        'VirtualMachine',
        'Template',
        'Cluster',
        'Host',
        'Datastore',
        'Network',
        'Disk',
        'Nic',
        'Device',
        'DrsRule',
        'DrsGroup',
        'Snapshot',
      ],
      cardinality: 'one',
      inverse: 'causesHere',
      inverseCardinality: 'many',
      doc: 'The entity where one would fix it.',
      keeper: 'concerns',
    },
  },
});
