import { getNamedType, isObjectType, type FieldNode } from 'graphql';
import type { Kind } from '../../graph/index.js';
import { writeCursor, type CursorValue } from '../paging/cursor.js';
import { orderSignature, type OrderTerm } from '../paging/order-terms.js';
import type { PageRequest } from '../paging/page-request.js';
import type { Compilation, Decode } from './compilation.js';
import { selectedFields, typeNameField, type SelectedField } from './selected-fields.js';

/** The rows of a connection: what each holds, and how a page of them becomes the answer. */
export interface CompiledRows {
  readonly matches: readonly string[];
  /**
   * A row: the one thing that is asked of it, else a list of its keys in the order, where cursors
   * are asked for, and its parts. Each list less on the wire is time, a page holds thousands.
   */
  readonly text: string;
  readonly wantsTotal: boolean;
  readonly wantsRows: boolean;
  readonly read: (rows: readonly unknown[], total: unknown, page: ReadPage) => unknown;
}

export interface ReadPage extends PageRequest {
  /** Rows before this page, as the cursor remembers them. */
  readonly seen: number;
  /** Whether the page began at a cursor. */
  readonly terms: readonly OrderTerm[];
}

interface Row {
  /** Written only when asked for. */
  readonly cursor: () => string;
  readonly parts: readonly unknown[];
}

type ReadField = (rows: readonly Row[], total: unknown, page: PageOfRows) => unknown;

/** Where a page stands, for whoever asks. */
interface PageOfRows {
  readonly request: ReadPage;
  /** Whether more follows in the direction of the page. */
  readonly more: boolean;
}

class RowParts {
  readonly texts: string[] = [];
  readonly matches: string[] = [];

  /** Adds a part and returns how to read it from a row. */
  add(text: string, decode: Decode): (row: Row) => unknown {
    const index = this.texts.length;
    this.texts.push(text);
    return (row) => decode(row.parts[index]);
  }
}

const edgeTypeName = (compilation: Compilation, connection: string): string => {
  const type = compilation.document.schema.getType(connection);
  const edges = isObjectType(type) ? type.getFields().edges : undefined;
  if (edges === undefined) throw new Error(`${connection} has no edges`);
  return getNamedType(edges.type).name;
};

const addNode = (
  parts: RowParts,
  compilation: Compilation,
  kinds: readonly Kind[],
  variable: string,
  nodes: readonly FieldNode[],
): ((row: Row) => unknown) => {
  const node = compilation.node(kinds, variable, nodes);
  parts.matches.push(...node.matches);
  return parts.add(node.text, node.decode);
};

/** What a connection is made of. */
export interface RowSource {
  readonly typeName: string;
  readonly kinds: readonly Kind[];
  readonly variable: string;
  /** Variable of the relationship, where rows come over one. */
  readonly edge: string | undefined;
  readonly terms: readonly OrderTerm[];
  readonly nodes: readonly FieldNode[];
}

const readEdgeMember = (
  parts: RowParts,
  compilation: Compilation,
  { kinds, variable, edge }: RowSource,
  typeName: string,
  { name, nodes }: SelectedField,
): ((row: Row) => unknown) => {
  switch (name) {
    case 'cursor':
      return (row) => row.cursor();
    case 'node':
      return addNode(parts, compilation, kinds, variable, nodes);
    case typeNameField:
      return () => typeName;
    default:
      return parts.add(`${edge ?? variable}.${name}`, (value) => value ?? null);
  }
};

const readEdges = (
  parts: RowParts,
  compilation: Compilation,
  source: RowSource,
  field: SelectedField,
): ReadField => {
  const typeName = edgeTypeName(compilation, source.typeName);
  const members = selectedFields(compilation.document, typeName, field.nodes).map(
    (member) => [member.key, readEdgeMember(parts, compilation, source, typeName, member)] as const,
  );
  return (rows) =>
    rows.map((row) => Object.fromEntries(members.map(([key, read]) => [key, read(row)])));
};

const pageInfoType = 'PageInfo';

const readPageInfo = (compilation: Compilation, field: SelectedField): ReadField => {
  const members = selectedFields(compilation.document, pageInfoType, field.nodes);
  return (rows, _total, page) =>
    Object.fromEntries(members.map(({ key, name }) => [key, pageInfoMember(name, rows, page)]));
};

const pageInfoMember = (
  name: string,
  rows: readonly Row[],
  { request: { backward, cursor }, more }: PageOfRows,
): unknown => {
  switch (name) {
    case 'hasNextPage':
      return backward ? cursor !== undefined : more;
    case 'hasPreviousPage':
      return backward ? more : cursor !== undefined;
    case 'startCursor':
      return rows.at(0)?.cursor() ?? null;
    case 'endCursor':
      return rows.at(-1)?.cursor() ?? null;
    case typeNameField:
      return pageInfoType;
    default:
      throw new Error(`${pageInfoType}.${name} is no field of a page`);
  }
};

const readField = (
  parts: RowParts,
  compilation: Compilation,
  source: RowSource,
  field: SelectedField,
): ReadField => {
  switch (field.name) {
    case 'nodes': {
      const read = addNode(parts, compilation, source.kinds, source.variable, field.nodes);
      return (rows) => rows.map(read);
    }
    case 'edges':
      return readEdges(parts, compilation, source, field);
    case 'pageInfo':
      return readPageInfo(compilation, field);
    case 'totalCount':
      return (_rows, total) => total;
    case typeNameField:
      return () => source.typeName;
    default:
      throw new Error(`${source.typeName}.${field.name} is no field of a connection`);
  }
};

type RowForm = 'one part' | 'parts' | 'keys and parts';

const isRow = (row: unknown): row is readonly [readonly CursorValue[], ...(readonly unknown[])] =>
  Array.isArray(row) && Array.isArray(row[0]);

const noCursor = (): never => {
  throw new Error('a cursor was read that nobody has asked for');
};

const readRow = (row: unknown, form: RowForm, signature: string, seen: number): Row => {
  if (form === 'one part') return { cursor: noCursor, parts: [row] };
  if (form === 'parts') return { cursor: noCursor, parts: Array.isArray(row) ? row : [] };
  const [values, ...parts] = isRow(row) ? row : [[]];
  return { cursor: () => writeCursor(signature, { values, seen }), parts };
};

const readRows = (given: readonly unknown[], page: ReadPage, form: RowForm): readonly Row[] => {
  const signature = form === 'keys and parts' ? orderSignature(page.terms) : '';
  const rows = given
    .slice(0, page.size)
    .map((row, index) => readRow(row, form, signature, page.seen + index + 1));
  return page.backward ? rows.reverse() : rows;
};

/** Whether any place in the rows is asked for: by the page, or by an edge. */
const wantsCursors = (
  compilation: Compilation,
  { typeName }: RowSource,
  fields: readonly SelectedField[],
): boolean =>
  fields.some(
    ({ name, nodes }) =>
      name === 'pageInfo' ||
      (name === 'edges' &&
        selectedFields(compilation.document, edgeTypeName(compilation, typeName), nodes).some(
          (member) => member.name === 'cursor',
        )),
  );

/** Compiles what is selected of a connection. */
export const compileRows = (compilation: Compilation, source: RowSource): CompiledRows => {
  const parts = new RowParts();
  const fields = selectedFields(compilation.document, source.typeName, source.nodes);
  const readers = fields.map((field) => ({
    key: field.key,
    read: readField(parts, compilation, source, field),
  }));
  const keys = `[${source.terms.map(({ expression }) => expression).join(', ')}]`;
  const [onlyPart, ...otherParts] = parts.texts;
  const form: RowForm = wantsCursors(compilation, source, fields)
    ? 'keys and parts'
    : onlyPart !== undefined && otherParts.length === 0
      ? 'one part'
      : 'parts';
  const texts = {
    'one part': onlyPart ?? '[]',
    parts: `[${parts.texts.join(', ')}]`,
    'keys and parts': `[${[keys, ...parts.texts].join(', ')}]`,
  };
  const names = fields.map(({ name }) => name);
  return {
    matches: parts.matches,
    text: texts[form],
    wantsTotal: names.includes('totalCount'),
    wantsRows: names.some((name) => name !== 'totalCount' && name !== typeNameField),
    read: (given, total, request) => {
      const rows = readRows(given, request, form);
      const page = { request, more: given.length > request.size };
      return Object.fromEntries(readers.map(({ key, read }) => [key, read(rows, total, page)]));
    },
  };
};
