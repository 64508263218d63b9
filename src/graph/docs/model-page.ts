import {
  entityProperties,
  kindDefinition,
  kinds,
  type EdgeDefinition,
  type Kind,
  type PropertyDefinition,
} from '../model/index.js';
import { recordLabels } from '../model/records.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function marks(property: PropertyDefinition): string {
  const said = [
    property.indexed === true ? 'indexed' : '',
    property.fullText === true ? 'full text' : '',
    property.derived === true ? 'derived' : '',
  ];
  return said.filter((mark) => mark !== '').join(', ');
}

function propertyRows(properties: Readonly<Record<string, PropertyDefinition>>): string[][] {
  return Object.entries(properties).map(([name, property]) => {
    const values = property.values?.map((value) => `\`${value}\``).join(', ');
    return [
      `\`${name}\``,
      property.type,
      property.unit ?? '',
      values === undefined ? property.doc : `${property.doc} One of ${values}.`,
      marks(property),
    ];
  });
}

const propertyTable = (properties: Readonly<Record<string, PropertyDefinition>>): string =>
  table(['property', 'type', 'unit', 'meaning', ''], propertyRows(properties));

function arrow(kind: Kind, { type, direction, to }: EdgeDefinition): string {
  const middle = direction === 'out' ? `-[:${type}]->` : `<-[:${type}]-`;
  return `\`(:${kind})${middle}(:${to.join('|')})\``;
}

function edgeTable(kind: Kind): string {
  const rows = Object.entries(kindDefinition(kind).edges).map(([name, edge]) => [
    `\`${name}\``,
    arrow(kind, edge),
    `${edge.cardinality}, seen back as \`${edge.inverse}\` (${edge.inverseCardinality})`,
    edge.doc,
  ]);
  return table(['field', 'relationship', 'how many', 'meaning'], rows);
}

function section(kind: Kind): string {
  const { doc, properties, edges } = kindDefinition(kind);
  const parts = [`### ${kind}`, doc];
  if (Object.keys(properties).length > 0) parts.push(propertyTable(properties));
  if (Object.keys(edges).length > 0) parts.push(edgeTable(kind));
  return parts.join('\n\n');
}

/** Kinds that the picture shows; the rest hangs on them as parts. */
const pictured = new Set<Kind>([
  'VirtualMachine',
  'Host',
  'Cluster',
  'Datacenter',
  'Folder',
  'ResourcePool',
  'Datastore',
  'Network',
  'Switch',
  'Vlan',
  'Disk',
  'Nic',
  'Snapshot',
  'Tag',
  'Concern',
  'Cause',
]);

function picture(): string {
  const lines = new Set<string>();
  for (const kind of pictured) {
    for (const { type, direction, to } of Object.values(kindDefinition(kind).edges)) {
      for (const end of kinds.filter((other) => to.includes(other) && pictured.has(other))) {
        const [from, until] = direction === 'out' ? [kind, end] : [end, kind];
        lines.add(`  ${from} -- ${type} --> ${until}`);
      }
    }
  }
  return ['```mermaid', 'flowchart LR', ...lines, '```'].join('\n');
}

/** docs/model.md, made from the declared model. */
export function modelPage(): string {
  const labels = recordLabels.map(({ label, key, doc }) => [`\`${label}\``, `\`${key}\``, doc]);
  return (
    [
      '# The graph model',
      'This page is made from `src/graph/model`. A test holds it to the code, and writes it anew with `OPAL_WRITE_DOCS=1 npx vitest run test/graph/model-page.test.ts`.',
      '## The picture',
      picture(),
      '## What every inventory node carries',
      "Beside its kind's label it has the label `Entity`. A removed node loses its kind's label, gains `Tombstone` and keeps the rest.",
      propertyTable(entityProperties),
      '## Kinds',
      ...kinds.map(section),
      '## What the product keeps for itself',
      table(['label', 'unique', 'meaning'], labels),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}
