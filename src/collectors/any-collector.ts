import type { Collector } from './contract.js';

/** A collector whose types only it knows: what the engine, the registry and bundles work with. */
export type AnyCollector = Omit<Collector<unknown, unknown, unknown>, 'secrets'> & {
  readonly secrets: readonly string[];
};
