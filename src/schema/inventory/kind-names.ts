import { isKind, kinds, type Kind } from '../../graph/index.js';
import { pluralOf } from '../../search/index.js';

/** The kind Node of a cluster gives way to Relay's interface of that name. */
const typeNames: Readonly<Partial<Record<Kind, string>>> = { Node: 'KubernetesNode' };

/** Name of the object type of a kind. */
export const typeNameOf = (kind: Kind): string => typeNames[kind] ?? kind;

/** Name of the root field that lists a kind. */
export const rootFieldOf = (kind: Kind): string =>
  kind === 'Node' ? 'kubernetesNodes' : pluralOf(kind);

const kindsByTypeName: ReadonlyMap<string, Kind> = new Map(
  kinds.map((kind) => [typeNameOf(kind), kind]),
);

/** The kind behind the name of an object type. */
export const kindOfTypeName = (typeName: string): Kind | undefined => kindsByTypeName.get(typeName);

/** More kinds than these share too little to deserve a type of their own. */
const mostNamedKinds = 3;

/** Name of what several kinds have in common: `HostOrKubernetesNode`, or `Entity` for many. */
export const commonNameOf = (of: readonly Kind[]): string =>
  of.length > mostNamedKinds ? 'Entity' : of.map(typeNameOf).join('Or');

/** Under this a decoded node carries its kind: out of sight where it is written as JSON. */
export const kindOfNode = Symbol('kind');

/** The object type of a decoded node. */
export const typeNameOfNode = (value: unknown): string => {
  if (typeof value === 'object' && value !== null && kindOfNode in value) {
    const kind = value[kindOfNode];
    if (typeof kind === 'string' && isKind(kind)) return typeNameOf(kind);
  }
  throw new Error('a node came without its kind');
};
