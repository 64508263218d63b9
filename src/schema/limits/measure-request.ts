import {
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind as Syntax,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { RequestLimits } from './request-limits.js';

/** What a request asks for, measured before it runs. */
export type RequestMeasure = RequestLimits;

/** A page below another one is short more often than not; the root says how long it is. */
const assumedPage = 10;
const assumedRootPage = 100;

/** Arguments that say how much a field gives: a number, or a list of which each element gives one. */
const sizeArguments: ReadonlySet<string> = new Set(['first', 'last', 'limit', 'ids']);

const nothing: RequestMeasure = { depth: 0, cost: 0, aliases: 0, directives: 0 };

const sum = (one: RequestMeasure, other: RequestMeasure): RequestMeasure => ({
  depth: Math.max(one.depth, other.depth),
  cost: one.cost + other.cost,
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
});

export interface MeasuredRequest {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly operation: OperationDefinitionNode;
  /** Coerced, so that what a variable is if left out counts too. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Fragments are measured once each, so that no nesting of them makes this slow. */
class RequestRuler {
  private readonly measured = new Map<string, RequestMeasure>();

  constructor(private readonly request: MeasuredRequest) {}

  set(set: SelectionSetNode, type: GraphQLNamedType | undefined, root: boolean): RequestMeasure {
    const seen = new Set<string>();
    let measure = nothing;
    for (const selection of set.selections) {
      const own = this.selection(selection, type, root, seen);
      const directives = selection.directives?.length ?? 0;
      measure = sum(measure, { ...own, directives: own.directives + directives });
    }
    return measure;
  }

  private selection(
    selection: SelectionNode,
    type: GraphQLNamedType | undefined,
    root: boolean,
    seen: Set<string>,
  ): RequestMeasure {
    const { schema } = this.request;
    if (selection.kind === Syntax.FRAGMENT_SPREAD) return this.fragment(selection.name.value, root);
    if (selection.kind === Syntax.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      const inner = condition === undefined ? type : schema.getType(condition);
      return this.set(selection.selectionSet, inner, root);
    }
    const key = selection.alias?.value ?? selection.name.value;
    const repeated = seen.has(key);
    seen.add(key);
    const field = this.fieldOf(type, selection.name.value);
    const inner = field === undefined ? undefined : getNamedType(field.type);
    const below =
      selection.selectionSet === undefined
        ? nothing
        : this.set(selection.selectionSet, isCompositeType(inner) ? inner : undefined, false);
    return {
      // The depth of introspection is bounded by a rule of the validation.
      depth: selection.name.value.startsWith('__') ? 0 : below.depth + 1,
      cost: 1 + below.cost * this.pageSize(field, selection, root),
      aliases: below.aliases + (selection.alias !== undefined || repeated ? 1 : 0),
      directives: below.directives,
    };
  }

  private fieldOf(
    type: GraphQLNamedType | undefined,
    name: string,
  ): GraphQLField<unknown, unknown> | undefined {
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  }

  private fragment(name: string, root: boolean): RequestMeasure {
    const known = this.measured.get(name);
    if (known !== undefined) return known;
    this.measured.set(name, nothing);
    const fragment = this.request.fragments.get(name);
    if (fragment === undefined) return nothing;
    const type = this.request.schema.getType(fragment.typeCondition.name.value);
    const measure = this.set(fragment.selectionSet, type, root);
    this.measured.set(name, measure);
    return measure;
  }

  private pageSize(
    field: GraphQLField<unknown, unknown> | undefined,
    node: Extract<SelectionNode, { kind: Syntax.FIELD }>,
    root: boolean,
  ): number {
    const sizes = field?.args.filter(({ name }) => sizeArguments.has(name)) ?? [];
    if (field === undefined || sizes.length === 0) return 1;
    const given: Readonly<Record<string, unknown>> = getArgumentValues(
      field,
      node,
      this.request.variables,
    );
    const found = sizes.flatMap(({ name }) => {
      const size = given[name];
      if (typeof size === 'number') return [Math.max(1, size)];
      return Array.isArray(size) ? [size.length] : [];
    });
    if (found.length > 0) return Math.max(...found);
    return root ? assumedRootPage : assumedPage;
  }
}

/** Measures a validated request, fragments spread out, page sizes as its variables say. */
export const measureRequest = (request: MeasuredRequest): RequestMeasure => {
  const { schema, operation } = request;
  const root = schema.getRootType(operation.operation) ?? undefined;
  return new RequestRuler(request).set(operation.selectionSet, root, true);
};
