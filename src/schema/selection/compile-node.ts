import { getArgumentValues, getNamedType, isObjectType, type FieldNode } from 'graphql';
import { isKind, type Kind, type RelationField } from '../../graph/index.js';
import type { Parameters } from '../../search/index.js';
import { fieldNamed } from '../inventory/kind-fields.js';
import { kindOfNode, typeNameOf } from '../inventory/kind-names.js';
import type { Compilation, CompiledValue, Decode } from './compilation.js';
import { compileConnection, type SelectedConnection } from './compile-connection.js';
import { compileToOne } from './compile-to-one.js';
import {
  selectedFields,
  typeNameField,
  type RequestDocument,
  type SelectedField,
} from './selected-fields.js';
import { traversalOf } from './traversal.js';

const asIs: Decode = (value) => value ?? null;

const compileTypeName = (kinds: readonly Kind[], variable: string): CompiledValue => {
  const [only, ...others] = kinds;
  if (only !== undefined && others.length === 0) {
    const name = typeNameOf(only);
    return { matches: [], text: 'null', decode: () => name };
  }
  return {
    matches: [],
    text: `${variable}.kind`,
    decode: (kind) => (typeof kind === 'string' && isKind(kind) ? typeNameOf(kind) : null),
  };
};

/** One field of a node of any of the kinds; undefined where the kinds do not agree on it. */
const compileField = (
  compilation: Compilation,
  kinds: readonly Kind[],
  variable: string,
  field: SelectedField,
): CompiledValue | undefined => {
  if (field.name === typeNameField) return compileTypeName(kinds, variable);
  const definitions = kinds.map((kind) => fieldNamed(kind, field.name));
  if (definitions.every((definition) => definition?.type === 'property')) {
    return { matches: [], text: `${variable}.${field.name}`, decode: asIs };
  }
  const relations = definitions.filter(
    (definition): definition is RelationField => definition?.type === 'relation',
  );
  const traversal = relations.length === kinds.length ? traversalOf(relations) : undefined;
  const [kind] = kinds;
  if (traversal === undefined || kind === undefined) return undefined;
  if (!traversal.many) return compileToOne(compilation, variable, traversal, field.nodes);
  const connection = connectionField(compilation, kind, field);
  return compileConnection(compilation, variable, traversal, connection);
};

const connectionField = (
  { document }: Compilation,
  kind: Kind,
  { name, nodes }: SelectedField,
): SelectedConnection => {
  const type = document.schema.getType(typeNameOf(kind));
  const definition = isObjectType(type) ? type.getFields()[name] : undefined;
  if (definition === undefined) throw new Error(`${kind}.${name} is no field of the schema`);
  return {
    typeName: getNamedType(definition.type).name,
    values: getArgumentValues(definition, nodes[0], document.variableValues),
    nodes,
  };
};

const objectDecoder = (
  fields: readonly SelectedField[],
  values: readonly CompiledValue[],
  kindOf: (list: readonly unknown[]) => unknown,
  from: number,
): Decode => {
  const keys = fields.map(({ key }) => key);
  const decoders = values.map(({ decode }) => decode);
  return (value) => {
    if (!Array.isArray(value)) return null;
    const list: readonly unknown[] = value;
    const node: Record<string | symbol, unknown> = { [kindOfNode]: kindOf(list) };
    for (let index = 0; index < keys.length; index += 1) {
      node[keys[index] ?? ''] = decoders[index]?.(list[index + from]);
    }
    return node;
  };
};

/** Fields as a list, which costs a fraction of a map on the wire; the decoder names them again. */
const compileSame = (
  compilation: Compilation,
  kinds: readonly Kind[],
  variable: string,
  fields: readonly SelectedField[],
): CompiledValue | undefined => {
  const values: CompiledValue[] = [];
  for (const field of fields) {
    const value = compileField(compilation, kinds, variable, field);
    if (value === undefined) return undefined;
    values.push(value);
  }
  const [kind] = kinds;
  const several = kinds.length > 1;
  const texts = [...(several ? [`${variable}.kind`] : []), ...values.map(({ text }) => text)];
  return {
    matches: values.flatMap(({ matches }) => matches),
    text: `[${texts.join(', ')}]`,
    decode: objectDecoder(
      fields,
      values,
      several ? (list) => list[0] : () => kind,
      several ? 1 : 0,
    ),
  };
};

const compileByKind = (
  compilation: Compilation,
  kinds: readonly Kind[],
  variable: string,
  nodes: readonly FieldNode[],
): CompiledValue => {
  const branches = kinds.map((kind) => ({
    kind,
    value: compilation.node([kind], variable, nodes),
  }));
  const decoders = new Map<string, Decode>(branches.map(({ kind, value }) => [kind, value.decode]));
  const cases = branches.map(
    ({ kind, value }) => `WHEN ${variable}:${kind} THEN ['${kind}', ${value.text}]`,
  );
  return {
    matches: branches.flatMap(({ value }) => value.matches),
    text: `CASE ${cases.join(' ')} END`,
    decode: (value) => {
      if (!Array.isArray(value)) return null;
      const [kind, node] = value as readonly unknown[];
      return decoders.get(String(kind))?.(node) ?? null;
    },
  };
};

const sameSelection = (one: readonly SelectedField[], other: readonly SelectedField[]): boolean =>
  one.length === other.length &&
  one.every(({ key, nodes }, index) => {
    const same = other[index];
    return same?.key === key && nodes.every((node, place) => same.nodes[place] === node);
  });

const compileNode = (
  compilation: Compilation,
  kinds: readonly Kind[],
  variable: string,
  nodes: readonly FieldNode[],
): CompiledValue => {
  const [first, ...others] = kinds.map((kind) =>
    selectedFields(compilation.document, typeNameOf(kind), nodes),
  );
  if (first !== undefined && others.every((fields) => sameSelection(first, fields))) {
    const same = compileSame(compilation, kinds, variable, first);
    if (same !== undefined) return same;
  }
  return compileByKind(compilation, kinds, variable, nodes);
};

/** Begins a compilation: one query, one set of parameters. */
export const startCompilation = (
  document: RequestDocument,
  parameters: Parameters,
  largestPage: number,
): Compilation => {
  const compilation: Compilation = {
    document,
    parameters,
    largestPage,
    node: (kinds, variable, nodes) => compileNode(compilation, kinds, variable, nodes),
  };
  return compilation;
};
