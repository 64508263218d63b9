import 'reflect-metadata';
import type { GraphQLScalarType } from 'graphql';
import { Arg, Field, InputType, InterfaceType, ObjectType, type ClassType } from 'type-graphql';

/** A class that stands for a GraphQL type; it has no life beyond that. */
export type TypeClass = ClassType;
export type TypeReference = TypeClass | GraphQLScalarType | object;

/** Thunk, because types refer to each other in circles. */
export type TypeThunk = () => TypeReference | [TypeReference];

export interface FieldFacts {
  readonly type: TypeThunk;
  readonly description: string;
  readonly nullable?: boolean | 'items' | 'itemsAndList';
}

export interface ArgumentFacts extends FieldFacts {
  readonly defaultValue?: unknown;
}

export type ArgumentList = Readonly<Record<string, ArgumentFacts>>;

const emptyClass = (name: string): TypeClass => {
  // type-graphql knows a type by its class and asks nothing else of it.
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class
  const made = class {};
  Object.defineProperty(made, 'name', { value: name });
  return made;
};

/** An object type under construction; fields are read as they stand, without a resolver each. */
export const declareObject = (
  name: string,
  description: string,
  interfaces: readonly TypeClass[] = [],
): TypeClass => {
  const made = emptyClass(name);
  ObjectType(name, { description, implements: [...interfaces], simpleResolvers: true })(made);
  return made;
};

export const declareInterface = (
  name: string,
  description: string,
  resolveType: (value: unknown) => string,
  interfaces: readonly TypeClass[] = [],
): TypeClass => {
  const made = emptyClass(name);
  InterfaceType(name, { description, resolveType, implements: [...interfaces] })(made);
  return made;
};

export const declareInput = (name: string, description: string): TypeClass => {
  const made = emptyClass(name);
  InputType(name, { description })(made);
  return made;
};

/** Adds arguments to the method of the given name, from the position on. */
export const declareArguments = (
  owner: TypeClass,
  method: string,
  list: ArgumentList,
  from = 0,
): void => {
  for (const [offset, [name, facts]] of Object.entries(list).entries()) {
    const { type, description, nullable, defaultValue } = facts;
    Arg(name, type, {
      description,
      nullable: nullable ?? false,
      ...(defaultValue === undefined ? {} : { defaultValue }),
      validate: false,
    })(owner.prototype, method, from + offset);
  }
};

/** Adds a field, with arguments where it has some. */
export const declareField = (
  owner: TypeClass,
  name: string,
  { type, description, nullable }: FieldFacts,
  argumentList?: ArgumentList,
): void => {
  const options = { description, nullable: nullable ?? false };
  const prototype = owner.prototype;
  if (argumentList === undefined) {
    Field(type, { ...options, simple: true })(prototype, name);
    return;
  }
  // A field with arguments has to look like a method; its value is compiled with its parent's.
  const descriptor: PropertyDescriptor = { value: () => undefined };
  Field(type, options)(prototype, name, descriptor);
  declareArguments(owner, name, argumentList);
};
