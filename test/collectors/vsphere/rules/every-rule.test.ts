import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SyncEngine } from '../../../../src/collectors/engine/index.js';
import { SourceRegistry } from '../../../../src/collectors/sources/index.js';
import { vsphereCollector } from '../../../../src/collectors/vsphere/index.js';
import { catalogue, evaluateConcerns } from '../../../../src/concerns/index.js';
import { demoEstate } from '../../../../src/demo/index.js';
import { migrate } from '../../../../src/graph/index.js';
import { openTestGraph } from '../../../graph/open-test-graph.js';
import { startVcsim, type Vcsim } from '../../../lab/vcsim.js';
import { wipeGraph } from '../../../real/neo4j.js';
import { configurationOf } from '../whole-read.js';
import { expectedConcerns } from './expected-concerns.js';
import { rawMachines } from './raw-estate.js';

const machines = 200;
const source = 'simulated';
const rules = catalogue.filter(({ id }) => id.startsWith('vmware.')).map(({ id }) => id);
const estate = rawMachines([...demoEstate({ machines })]);

let vcsim: Vcsim | undefined;
/** External ids of the machines that a rule holds in the graph. */
let held: ReadonlyMap<string, ReadonlySet<string>>;

beforeAll(async () => {
  const { graph, neo4j } = await openTestGraph();
  await wipeGraph();
  await migrate(graph);
  await new SourceRegistry(graph).save({ id: source, name: 'Simulated', kind: 'vsphere' });
  vcsim = await startVcsim({ demo: { machines } });
  const configuration = configurationOf(vcsim);
  await new SyncEngine({ graph }).sync({ source, collector: vsphereCollector, configuration });
  await evaluateConcerns(graph);
  const { records } = await neo4j.driver.executeQuery(
    `MATCH (vm:VirtualMachine)-[:HAS_CONCERN]->(concern:Concern)
     RETURN concern.id AS rule, collect(DISTINCT vm.externalId) AS machines`,
    {},
    { database: neo4j.database },
  );
  held = new Map(
    records.map((row) => {
      const ids: unknown = row.get('machines');
      return [String(row.get('rule')), new Set(Array.isArray(ids) ? ids.map(String) : [])] as const;
    }),
  );
});

afterAll(async () => {
  await vcsim?.stop();
});

const idsOf = (rule: string, holds: boolean): string[] =>
  estate
    .filter((machine) => expectedConcerns[rule]?.(machine) === holds)
    .map(({ id }) => id)
    .sort();

describe('the rules over machines that the collector read from a simulated vCenter', () => {
  it('are the 29 of the catalogue', () => {
    expect(rules).toHaveLength(29);
    expect(Object.keys(expectedConcerns).sort()).toEqual([...rules].sort());
  });

  it.each(rules)('%s holds every machine that it is about', (rule) => {
    const due = idsOf(rule, true);
    expect(due.length).toBeGreaterThan(0);
    expect(due.filter((id) => held.get(rule)?.has(id) !== true)).toEqual([]);
  });

  it.each(rules)('%s leaves every other machine alone', (rule) => {
    const free = idsOf(rule, false);
    expect(free.length).toBeGreaterThan(0);
    expect(free.filter((id) => held.get(rule)?.has(id) === true)).toEqual([]);
  });
});
