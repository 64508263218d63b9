import { SyncEngine } from '../../src/collectors/engine/index.js';
import type { VsphereRawObject } from '../../src/collectors/vsphere/raw.js';
import { SourceRegistry } from '../../src/collectors/sources/index.js';
import { evaluateConcerns } from '../../src/concerns/index.js';
import { demoCollector, demoEstate } from '../../src/demo/index.js';
import { migrate, openGraph, type Graph } from '../../src/graph/index.js';
import { realNeo4j, wipeGraph } from '../real/neo4j.js';

/** The smallest demo estate. */
export const demoSize = { machines: 200, seed: 1 };

/** The objects of the demo estate as a vCenter would give them: what the graph was made from. */
export const demoObjects = (): readonly VsphereRawObject[] => [...demoEstate(demoSize)];

/** A graph with the smallest demo estate, concerns and causes included. */
export const openDemoGraph = async (): Promise<Graph> => {
  const { uri, user, password } = await realNeo4j();
  await wipeGraph();
  const graph = await openGraph({ uri, user, password });
  await migrate(graph);
  await new SourceRegistry(graph).save({ id: 'demo', name: 'Demo', kind: 'vsphere' });
  const configuration = demoCollector.configuration.parse(demoSize);
  await new SyncEngine({ graph }).sync(
    { source: 'demo', collector: demoCollector, configuration },
    { mode: 'replay' },
  );
  await evaluateConcerns(graph);
  return graph;
};

/** Rows of a query through the bare driver, integers as numbers: an answer beside the API's. */
export const plainRows = async (
  text: string,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, unknown>[]> => {
  const { driver, database } = await realNeo4j();
  const session = driver.session({ database });
  try {
    const { records } = await session.run(text, parameters);
    // Integers come as pairs of 32 bits; JSON knows none that the estate would exceed.
    return records.map((row) => plain(row.toObject()) as Record<string, unknown>);
  } finally {
    await session.close();
  }
};

const isPair = (value: object): value is { toNumber: () => number } =>
  'toNumber' in value && typeof value.toNumber === 'function';

const plain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (isPair(value)) return value.toNumber();
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
};
