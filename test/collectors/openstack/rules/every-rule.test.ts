import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SyncEngine } from '../../../../src/collectors/engine/index.js';
import { openstackCollector } from '../../../../src/collectors/openstack/index.js';
import { SourceRegistry } from '../../../../src/collectors/sources/index.js';
import { catalogue, evaluateConcerns } from '../../../../src/concerns/index.js';
import { migrate } from '../../../../src/graph/index.js';
import { openTestGraph } from '../../../graph/open-test-graph.js';
import { wipeGraph } from '../../../real/neo4j.js';
import { RecordedCloud, type Item } from '../recorded-cloud.js';
import { parsed } from '../whole-read.js';
import { expectedConcerns, type RawServer } from './expected-concerns.js';
import { addFaults } from './faulty-cloud.js';

const source = 'cloud';
const rules = catalogue.filter(({ provider }) => provider === 'openstack').map(({ id }) => id);

let cloud: RecordedCloud;
let raw: readonly RawServer[];
/** External ids of the machines that a rule holds in the graph, and kinds of its causes' places. */
let held: ReadonlyMap<string, { readonly ids: ReadonlySet<string>; readonly places: string[] }>;

const idOf = (value: unknown): unknown => (value as Item | undefined)?.id;

function rawServers(): RawServer[] {
  const images = new Map(cloud.list('image/images').map((image) => [image.id, image]));
  const volumes = cloud.list('block-storage/volumes/detail');
  return cloud.list('compute/servers/detail').map((server) => {
    const flavor = server.flavor as Item;
    return {
      server,
      image: images.get(idOf(server.image)) ?? {},
      specs: flavor.extra_specs as Item,
      volumes: volumes.filter(({ attachments }) =>
        (attachments as Item[]).some(({ server_id: id }) => id === server.id),
      ),
      localDisks: 1 + (flavor.ephemeral === 0 ? 0 : 1) + (flavor.swap === 0 ? 0 : 1),
    };
  });
}

beforeAll(async () => {
  cloud = await RecordedCloud.start();
  addFaults(cloud);
  raw = rawServers();
  const { graph, neo4j } = await openTestGraph();
  await wipeGraph();
  await migrate(graph);
  await new SourceRegistry(graph).save({ id: source, name: 'Cloud', kind: 'openstack' });
  const configuration = parsed(cloud.configuration());
  await new SyncEngine({ graph }).sync({ source, collector: openstackCollector, configuration });
  await evaluateConcerns(graph);
  const { records } = await neo4j.driver.executeQuery(
    `MATCH (vm:VirtualMachine)-[:HAS_CONCERN]->(concern:Concern)
     MATCH (vm)-[:HELD_BY]->(cause:Cause)-[:OF]->(concern)
     RETURN concern.id AS rule, collect(DISTINCT vm.externalId) AS machines,
       collect(DISTINCT cause.atKind) AS places`,
    {},
    { database: neo4j.database },
  );
  held = new Map(
    records.map((row) => {
      const ids = new Set((row.get('machines') as unknown[]).map(String));
      return [
        String(row.get('rule')),
        { ids, places: (row.get('places') as unknown[]).map(String) },
      ];
    }),
  );
});

afterAll(async () => {
  await cloud.stop();
});

const idsOf = (rule: string, holds: boolean): string[] =>
  raw
    .filter((server) => expectedConcerns[rule]?.(server) === holds)
    .map(({ server }) => String(server.id))
    .sort();

describe('the rules over machines that the collector read from a recorded cloud', () => {
  it('are the 16 of the catalogue', () => {
    expect(rules).toHaveLength(16);
    expect(Object.keys(expectedConcerns).sort()).toEqual([...rules].sort());
  });

  it.each(rules)('%s holds every machine that it is about, and no other', (rule) => {
    const due = idsOf(rule, true);
    expect(due.length).toBeGreaterThan(0);
    expect(idsOf(rule, false).length).toBeGreaterThan(0);
    expect([...(held.get(rule)?.ids ?? [])].sort()).toEqual(due);
  });

  it.each([
    ['openstack.disk.shared.detected', 'Disk'],
    ['openstack.os.unsupported', 'OperatingSystem'],
    ['openstack.numa_tuning.detected', 'VirtualMachine'],
  ])('%s is fixed at a %s', (rule, place) => {
    expect(held.get(rule)?.places).toEqual([place]);
  });
});
