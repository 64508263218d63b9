import { beforeAll, describe, expect, it } from 'vitest';
import { SyncEngine } from '../../src/collectors/engine/index.js';
import { SourceRegistry } from '../../src/collectors/sources/index.js';
import { catalogue, evaluateConcerns } from '../../src/concerns/index.js';
import { demoCollector } from '../../src/demo/index.js';
import { migrate } from '../../src/graph/index.js';
import { openTestGraph } from '../graph/open-test-graph.js';
import { wipeGraph } from '../real/neo4j.js';

const machines = 200;
const rules = catalogue.filter(({ id }) => id.startsWith('vmware.')).map(({ id }) => id);

/** Machines that each rule holds, after the smallest estate went in through the engine. */
let held: ReadonlyMap<string, number>;

beforeAll(async () => {
  const { graph, neo4j } = await openTestGraph();
  await wipeGraph();
  await migrate(graph);
  await new SourceRegistry(graph).save({ id: 'demo', name: 'Demo', kind: 'vsphere' });
  const configuration = demoCollector.configuration.parse({ machines });
  await new SyncEngine({ graph }).sync(
    { source: 'demo', collector: demoCollector, configuration },
    { mode: 'replay' },
  );
  await evaluateConcerns(graph);
  const { records } = await neo4j.driver.executeQuery(
    `MATCH (vm:VirtualMachine)-[:HAS_CONCERN]->(concern:Concern)
     RETURN concern.id AS rule, count(DISTINCT vm) AS machines`,
    {},
    { database: neo4j.database },
  );
  held = new Map(
    records.map((row) => [String(row.get('rule')), Number(row.get('machines'))] as const),
  );
});

describe('the smallest demo estate', () => {
  it('has the 29 rules of the catalogue to show', () => {
    expect(rules).toHaveLength(29);
  });

  it.each(rules)('has machines that %s holds, and machines that it does not', (rule) => {
    expect(held.get(rule) ?? 0).toBeGreaterThan(0);
    expect(held.get(rule) ?? 0).toBeLessThan(machines);
  });
});
