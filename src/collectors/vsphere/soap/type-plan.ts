import { decodedAs, typeTable } from './types.js';

export type ScalarKind = 'text' | 'int' | 'float' | 'bool' | 'ref' | 'value';

/** How one field is decoded: a scalar, or an object of a listed type. */
export interface FieldPlan {
  readonly name: string;
  readonly list: boolean;
  readonly scalar: ScalarKind | undefined;
  readonly type: TypePlan | undefined;
}

/** A compiled line of the table of types. */
export interface TypePlan {
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldPlan>;
  /** The plan of children whatever their name. */
  readonly any: FieldPlan | undefined;
}

interface PlanBeingMade extends TypePlan {
  readonly fields: Map<string, FieldPlan>;
  any: FieldPlan | undefined;
}

const scalarKinds: ReadonlySet<string> = new Set<ScalarKind>([
  'text',
  'int',
  'float',
  'bool',
  'ref',
  'value',
]);
const isScalarKind = (name: string): name is ScalarKind => scalarKinds.has(name);

const plans = new Map<string, PlanBeingMade>();
for (const name of Object.keys(typeTable)) {
  plans.set(name, { name, fields: new Map(), any: undefined });
}

/** The plan of a field declared as `type` or `type[]`. */
export function fieldPlan(name: string, declared: string): FieldPlan {
  const list = declared.endsWith('[]');
  const typeName = list ? declared.slice(0, -2) : declared;
  if (isScalarKind(typeName)) return { name, list, scalar: typeName, type: undefined };
  const type = plans.get(typeName);
  if (type === undefined) throw new TypeError(`${name}: the type ${typeName} is not in the table`);
  return { name, list, scalar: undefined, type };
}

for (const [typeName, fields] of Object.entries(typeTable)) {
  const plan = plans.get(typeName);
  for (const declaration of fields.split(' ')) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, colon);
    const field = fieldPlan(name, declaration.slice(colon + 1));
    if (name === '*' && plan !== undefined) plan.any = field;
    else plan?.fields.set(name, field);
  }
}

/** The plan of a class that the source named, `undefined` where the table has none. */
export const typePlan = (className: string): TypePlan | undefined =>
  plans.get(className) ?? plans.get(decodedAs[className] ?? '');

/** Scalars that `xsi:type` may name. */
const namedScalars: Readonly<Record<string, ScalarKind>> = {
  string: 'text',
  dateTime: 'text',
  anyURI: 'text',
  base64Binary: 'text',
  int: 'int',
  long: 'int',
  short: 'int',
  byte: 'int',
  double: 'float',
  float: 'float',
  boolean: 'bool',
  ManagedObjectReference: 'ref',
};

export const namedScalar = (className: string): ScalarKind | undefined => namedScalars[className];
