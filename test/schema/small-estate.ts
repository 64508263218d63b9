import { integerParameter, migrate, openGraph, type Graph } from '../../src/graph/index.js';
import { realNeo4j, wipeGraph } from '../real/neo4j.js';

/** Machines of the small estate; the third of each three is off and has the rare concern. */
export const machineCount = 12;

const entity = (kind: string, name: string): Record<string, unknown> => ({
  id: `lab/${kind}/${name}`,
  source: 'lab',
  kind,
  externalId: name,
  name,
});

const node = (kind: string, name: string, more: Record<string, unknown> = {}) => ({
  text: `CREATE (n:Entity:${kind}) SET n = $properties`,
  parameters: { properties: { ...entity(kind, name), ...more } },
});

const relate = (from: string, type: string, to: string) => ({
  text: `MATCH (a {id: $from}), (b {id: $to}) CREATE (a)-[:${type} {since: '2026-01-02T00:00:00.000Z'}]->(b)`,
  parameters: { from, to },
});

const machine = (index: number) => {
  const name = `vm-${String(index).padStart(2, '0')}`;
  const id = `lab/VirtualMachine/${name}`;
  const off = index % 3 === 2;
  return [
    node('VirtualMachine', name, {
      powerState: off ? 'poweredOff' : 'poweredOn',
      createdAt: index < 3 ? '2020-01-01T00:00:00.000Z' : new Date().toISOString(),
      memoryMB: integerParameter(1_024 * (1 + (index % 4))),
      // Two machines of which the size is not known.
      ...(index < 2 ? {} : { diskCapacityBytes: integerParameter(2 ** 40 + index) }),
    }),
    node('Disk', `${name}-a`, { capacityBytes: integerParameter(2 ** 41) }),
    node('Disk', `${name}-b`, { capacityBytes: integerParameter(2 ** 30) }),
    relate(id, 'RUNS_ON', `lab/Host/host-${String(index % 2)}`),
    relate(id, 'HAS_DISK', `lab/Disk/${name}-a`),
    relate(id, 'HAS_DISK', `lab/Disk/${name}-b`),
    relate(`lab/Disk/${name}-a`, 'ON_DATASTORE', 'lab/Datastore/store'),
    relate(id, 'HAS_CONCERN', 'rule.common'),
    ...(off ? [relate(id, 'HAS_CONCERN', 'rule.rare')] : []),
  ];
};

/** An estate of which every test knows each object, on an emptied graph. */
export const openSmallEstate = async (): Promise<Graph> => {
  const { uri, user, password } = await realNeo4j();
  await wipeGraph();
  const graph = await openGraph({ uri, user, password });
  await migrate(graph);
  const concern = (id: string, category: string) => ({
    text: 'CREATE (n:Concern) SET n = $properties',
    parameters: { properties: { id, category, label: id } },
  });
  const writes = [
    node('Datacenter', 'dc'),
    node('Cluster', 'prod'),
    node('Host', 'host-0'),
    node('Host', 'host-1'),
    node('Datastore', 'store'),
    concern('rule.common', 'Warning'),
    concern('rule.rare', 'Critical'),
    relate('lab/Cluster/prod', 'CHILD_OF', 'lab/Datacenter/dc'),
    relate('lab/Cluster/prod', 'HAS_HOST', 'lab/Host/host-0'),
    relate('lab/Cluster/prod', 'HAS_HOST', 'lab/Host/host-1'),
    ...Array.from({ length: machineCount }, (_, index) => machine(index)).flat(),
  ];
  await graph.transaction(async (tx) => {
    for (const write of writes) await tx.runCompiled(write);
  });
  return graph;
};
