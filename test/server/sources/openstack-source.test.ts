import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SourceRegistry } from '../../../src/collectors/sources/index.js';
import { LocalEventBus } from '../../../src/events/index.js';
import { migrate, type Graph } from '../../../src/graph/index.js';
import { compileSearch, parseSearch } from '../../../src/search/index.js';
import { openVault } from '../../../src/server/credentials/index.js';
import {
  collectorTable,
  SourceService,
  SourceSupervisor,
} from '../../../src/server/sources/index.js';
import { createLogger } from '../../../src/telemetry/logger.js';
import { RecordedCloud } from '../../collectors/openstack/recorded-cloud.js';
import { openTestGraph } from '../../graph/open-test-graph.js';
import { wipeGraph } from '../../real/neo4j.js';

let cloud: RecordedCloud;
let graph: Graph;
let service: SourceService;
let supervisor: SourceSupervisor;
const folder = mkdtempSync(join(tmpdir(), 'opal-cloud-'));

beforeAll(async () => {
  cloud = await RecordedCloud.start();
  ({ graph } = await openTestGraph());
  await wipeGraph();
  await migrate(graph);
  const shared = {
    graph,
    registry: new SourceRegistry(graph),
    vault: openVault(join(folder, 'key')),
    collectors: collectorTable({ uploads: folder }),
    events: new LocalEventBus(),
    logger: createLogger('silent'),
  };
  supervisor = new SourceSupervisor({ ...shared, intervalMs: 3_600_000 });
  service = new SourceService({ ...shared, onChange: () => void supervisor.look() });
});

afterAll(async () => {
  await supervisor.stop();
  await cloud.stop();
  rmSync(folder, { recursive: true });
});

const find = async (text: string): Promise<string[]> => {
  const rows = await graph.readCompiled(compileSearch(parseSearch(text)));
  return rows.map((row) => String(row.name));
};

it('verifies a cloud, saves it, collects it, and finds over its relationships', async () => {
  const configuration = cloud.configuration({ pollSeconds: 0.5 });
  await service.draft({ id: 'cloud', name: 'Cloud', kind: 'openstack', configuration });
  const { verification } = await service.save('cloud');
  expect(verification.ok).toBe(true);
  supervisor.start();
  await vi.waitFor(
    async () => {
      expect((await service.get('cloud')).lastComplete).not.toBeNull();
    },
    { timeout: 120_000, interval: 250 },
  );
  const servers = cloud.list('compute/servers/detail');
  expect(await find('vms')).toHaveLength(servers.length);
  const small = servers.filter(
    ({ flavor }) => (flavor as { original_name: string }).original_name === 'm1.small',
  );
  expect(await find("vms where flavor.name = 'm1.small' and project.name = 'admin'")).toHaveLength(
    small.length,
  );
  const zones = await find("availabilityZones where any(hosts where name ~= 'cmp')");
  expect(zones).toEqual(['nova']);
  const subnets = await find("subnets where network.vlan.vlanId = 100 and cidr = '10.0.0.0/22'");
  expect(subnets).toEqual(['net-00-v4']);

  const [first] = servers;
  cloud.change('compute/servers/detail', first?.id, { name: 'renamed while watched' });
  await vi.waitFor(
    async () => {
      expect(await find("vms where name = 'renamed while watched'")).toHaveLength(1);
    },
    { timeout: 60_000, interval: 250 },
  );
}, 300_000);

it('takes the same region of the same cloud no second time', async () => {
  const configuration = cloud.configuration();
  await service.draft({ id: 'again', name: 'Again', kind: 'openstack', configuration });
  await expect(service.save('again')).rejects.toThrow('cloud and region of the source cloud');
});
