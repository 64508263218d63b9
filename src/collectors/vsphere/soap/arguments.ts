import type { ManagedObjectReference } from '../raw.js';

/** A reference as strong-soap wants it: text with an attribute. */
export const referenceArgument = (reference: ManagedObjectReference): object => ({
  $attributes: { type: reference.type },
  $value: reference.value,
});

/** A step of a traversal, or the name of one that is declared elsewhere in the same specification. */
export interface Traversal {
  readonly name: string;
  readonly type: string;
  readonly path: string;
  /** Names of the steps to go on with. */
  readonly then: readonly string[];
}

const traversalArgument = (step: Traversal): object => ({
  $attributes: { $xsiType: { type: 'TraversalSpec', xmlns: 'urn:vim25' } },
  name: step.name,
  type: step.type,
  path: step.path,
  skip: false,
  selectSet: step.then.map((name) => ({ name })),
});

/** What to read: properties by type, beginning at objects and going along the steps. */
export interface FilterSpecification {
  readonly paths: Readonly<Partial<Record<string, readonly string[]>>>;
  readonly objects: readonly ManagedObjectReference[];
  readonly steps: readonly Traversal[];
}

export const filterArgument = (filter: FilterSpecification): object => ({
  propSet: Object.entries(filter.paths).map(([type, pathSet]) => ({
    type,
    all: false,
    pathSet,
  })),
  objectSet: filter.objects.map((object) => ({
    obj: referenceArgument(object),
    // The object itself counts too: the root folder is a folder of the inventory.
    skip: false,
    selectSet: filter.steps.map(traversalArgument),
  })),
  // An object that was removed a moment ago is left out of the answer instead of failing the call.
  reportMissingObjectsInResults: true,
});
