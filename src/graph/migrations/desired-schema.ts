import { createHash } from 'node:crypto';
import { entityProperties, kindDefinition, kinds, type Kind } from '../model/index.js';
import { recordLabels, type RecordLabel } from '../model/records.js';

/** A constraint or an index, under a name that is the product's own. */
export interface SchemaItem {
  readonly name: string;
  readonly type: 'constraint' | 'index';
  readonly create: string;
}

/** Prefix of every constraint and index that belongs to the product. */
export const schemaPrefix = 'opal_';

/** Names and labels come from the declared model alone; quoting keeps that a matter of no trust. */
const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

function unique(label: string, property: string): SchemaItem {
  const name = `${schemaPrefix}${label}_${property}_unique`;
  return {
    name,
    type: 'constraint',
    create: `CREATE CONSTRAINT ${quote(name)} IF NOT EXISTS FOR (n:${quote(label)}) REQUIRE n.${quote(property)} IS UNIQUE`,
  };
}

function range(label: string, properties: readonly string[]): SchemaItem {
  const name = `${schemaPrefix}${label}_${properties.join('_')}`;
  const columns = properties.map((property) => `n.${quote(property)}`).join(', ');
  return {
    name,
    type: 'index',
    create: `CREATE INDEX ${quote(name)} IF NOT EXISTS FOR (n:${quote(label)}) ON (${columns})`,
  };
}

/** Parts of a machine have names that nobody looks for, such as `Hard disk 1`. */
const isPart = (kind: Kind): boolean => 'machine' in kindDefinition(kind).edges;

function ownProperties(kind: Kind, flag: 'indexed' | 'fullText'): string[] {
  return Object.entries(kindDefinition(kind).properties)
    .filter(([, property]) => property[flag] === true)
    .map(([name]) => name);
}

function ofKind(kind: Kind): SchemaItem[] {
  const indexed = ownProperties(kind, 'indexed').filter((name) => name !== 'id');
  const ranges = indexed.map((name) => range(kind, [name]));
  if (kindDefinition(kind).keeper !== 'collector') return [unique(kind, 'id'), ...ranges];
  // Pages are ordered by id, which only an index on the kind's own label can serve.
  const common = isPart(kind) ? ['id'] : ['id', 'name'];
  return [...common.map((name) => range(kind, [name])), ...ranges];
}

function ofRecord({ label, key, indexes }: RecordLabel): SchemaItem[] {
  const ranges = indexes.map((index) => range(label, typeof index === 'string' ? [index] : index));
  return [unique(label, key), ...ranges];
}

/** Changed entities of a source, tombstones among them, are found by the sync that changed them. */
const ofEntities: readonly SchemaItem[] = [
  unique('Entity', 'id'),
  range('Entity', ['source', 'changedIn']),
  range('Tombstone', ['source', 'removedIn']),
];

function fullTextIndex(): SchemaItem {
  const covered = kinds.filter(
    (kind) => !isPart(kind) || ownProperties(kind, 'fullText').length > 0,
  );
  const own = covered.flatMap((kind) => ownProperties(kind, 'fullText'));
  const common = Object.entries(entityProperties)
    .filter(([, property]) => property.fullText === true)
    .map(([name]) => name);
  const columns = [...new Set([...common, ...own])].map((name) => `n.${quote(name)}`).join(', ');
  const body = `FOR (n:${covered.map(quote).join('|')}) ON EACH [${columns}]`;
  // The name tells one definition from the next, because an index cannot be altered.
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 8);
  const name = `${schemaPrefix}text_${digest}`;
  const options =
    "OPTIONS { indexConfig: { `fulltext.analyzer`: 'standard-no-stop-words', `fulltext.eventually_consistent`: true } }";
  return {
    name,
    type: 'index',
    create: `CREATE FULLTEXT INDEX ${quote(name)} IF NOT EXISTS ${body} ${options}`,
  };
}

const textIndex = fullTextIndex();

/** Name of the one full-text index, over names, addresses, notes and tags of the inventory. */
export const fullTextIndexName = textIndex.name;

/** Everything that the database has to have before the first load. */
export const desiredSchema: readonly SchemaItem[] = [
  ...ofEntities,
  ...kinds.flatMap(ofKind),
  ...recordLabels.flatMap(ofRecord),
  textIndex,
];
