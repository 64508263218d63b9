import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isObjectType,
  Kind as Syntax,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a request is read against; all of it comes with every resolver call. */
export interface RequestDocument {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** A field of the answer: its place there, its name in the schema, and every mention of it. */
export interface SelectedField {
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
}

const isIncluded = ({ variableValues }: RequestDocument, node: SelectionNode): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false;

const applies = (
  { schema }: RequestDocument,
  condition: string | undefined,
  type: GraphQLObjectType,
): boolean => {
  if (condition === undefined || condition === type.name) return true;
  const conditional = schema.getType(condition);
  return isAbstractType(conditional) && schema.isSubType(conditional, type);
};

const collect = (
  document: RequestDocument,
  type: GraphQLObjectType,
  set: SelectionSetNode,
  fields: Map<string, SelectedField>,
  visited: Set<string>,
): void => {
  for (const node of set.selections) {
    if (!isIncluded(document, node)) continue;
    if (node.kind === Syntax.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      const present = fields.get(key);
      const nodes: SelectedField['nodes'] =
        present === undefined ? [node] : [...present.nodes, node];
      fields.set(key, { key, name: node.name.value, nodes });
    } else if (node.kind === Syntax.INLINE_FRAGMENT) {
      if (applies(document, node.typeCondition?.name.value, type)) {
        collect(document, type, node.selectionSet, fields, visited);
      }
    } else if (!visited.has(node.name.value)) {
      visited.add(node.name.value);
      const fragment = document.fragments[node.name.value];
      if (fragment !== undefined && applies(document, fragment.typeCondition.name.value, type)) {
        collect(document, type, fragment.selectionSet, fields, visited);
      }
    }
  }
};

/** The one field that every object type has without declaring it. */
export const typeNameField = '__typename';

/** What is selected below the given mentions of a field where its value is of the type. */
export const selectedFields = (
  document: RequestDocument,
  typeName: string,
  parents: readonly FieldNode[],
): readonly SelectedField[] => {
  const type = document.schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type of the schema`);
  const fields = new Map<string, SelectedField>();
  const visited = new Set<string>();
  for (const { selectionSet } of parents) {
    if (selectionSet !== undefined) collect(document, type, selectionSet, fields, visited);
  }
  return [...fields.values()];
};
