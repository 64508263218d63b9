import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SourceRegistry } from '../../../src/collectors/sources/index.js';
import { LocalEventBus } from '../../../src/events/index.js';
import { migrate, type Graph } from '../../../src/graph/index.js';
import { openVault } from '../../../src/server/credentials/index.js';
import {
  collectorTable,
  SourceService,
  SourceServiceError,
  SourceSupervisor,
} from '../../../src/server/sources/index.js';
import { createLogger } from '../../../src/telemetry/logger.js';
import { openTestGraph } from '../../graph/open-test-graph.js';
import { startVcsim, type Vcsim } from '../../lab/vcsim.js';
import { wipeGraph } from '../../real/neo4j.js';

const canary = 'canary-91d2f0-Passw0rd!';
const patience = { timeout: 120_000, interval: 250 };

describe('the sources of a server', { timeout: 300_000 }, () => {
  let vcsim: Vcsim;
  let graph: Graph;
  let folder: string;
  let registry: SourceRegistry;
  let supervisor: SourceSupervisor;
  let service: SourceService;
  let lines: string[];

  beforeAll(async () => {
    vcsim = await startVcsim({ machines: 5, password: canary });
    ({ graph } = await openTestGraph());
    await migrate(graph);
  });
  afterAll(async () => {
    await vcsim.stop();
  });

  beforeEach(async () => {
    await wipeGraph();
    folder = mkdtempSync(join(tmpdir(), 'opal-sources-'));
    lines = [];
    const logger = createLogger('trace', { write: (line) => void lines.push(line) });
    registry = new SourceRegistry(graph);
    const vault = openVault(join(folder, 'key'));
    const events = new LocalEventBus();
    const shared = {
      graph,
      registry,
      vault,
      collectors: collectorTable({ uploads: tmpdir() }),
      events,
      logger,
    };
    supervisor = new SourceSupervisor({ ...shared, intervalMs: 3_600_000 });
    service = new SourceService({ ...shared, onChange: () => void supervisor.look() });
    return async () => {
      await supervisor.stop();
      rmSync(folder, { recursive: true });
    };
  });

  const draft = (changes: Readonly<Record<string, unknown>> = {}) =>
    service.draft({
      id: 'vc',
      name: 'vCenter Zürich',
      kind: 'vsphere',
      configuration: {
        address: vcsim.host,
        username: vcsim.username,
        password: canary,
        ...changes,
      },
    });

  async function countOf(label: string): Promise<number> {
    const [row] = await graph.readCompiled({
      text: `MATCH (n:${label} {source: 'vc'}) RETURN count(n) AS count`,
      parameters: {},
    });
    return Number(row?.count);
  }

  it('shows the certificate before it is accepted, and saves nothing until then', async () => {
    await draft();
    const verification = await service.verify('vc');
    expect(verification.ok).toBe(false);
    expect(verification.certificate?.sha256).toBe(vcsim.sha256);
    await expect(service.save('vc')).rejects.toThrow(SourceServiceError);
    expect((await service.get('vc')).state).toBe('draft');
  });

  it('refuses a certificate that is not the accepted one', async () => {
    await draft();
    const other = vcsim.sha256.replace(/^../u, (pair) => (pair === '00' ? '01' : '00'));
    await expect(service.save('vc', other)).rejects.toThrow();
    expect((await service.get('vc')).state).toBe('draft');
  });

  it('names the fields that are wrong and never what stood in them', async () => {
    await expect(draft({ pasword: canary, address: '' })).rejects.toThrow(/address/u);
    await expect(draft({ pasword: canary })).rejects.not.toThrow(canary);
  });

  it('collects what was saved, and leaves the password nowhere in clear', async () => {
    await draft();
    await service.save('vc', vcsim.sha256);
    supervisor.start();
    await vi.waitFor(async () => {
      expect(await countOf('VirtualMachine')).toBe(vcsim.virtualMachines);
      expect((await service.get('vc')).lastComplete).not.toBeNull();
    }, patience);
    const report = await supervisor.sync('vc');
    expect(report.status).toBe('complete');

    const nodes = await graph.readCompiled({
      text: 'MATCH (n) RETURN properties(n) AS properties',
      parameters: {},
    });
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    const listed = JSON.stringify(await service.list());
    expect(nodes.length).toBeGreaterThan(vcsim.virtualMachines);
    for (const text of [JSON.stringify(nodes), ...lines, ...files, listed]) {
      expect(text).not.toContain(canary);
    }
  });

  it('keeps working credentials when the new ones are wrong', async () => {
    await draft();
    await service.save('vc', vcsim.sha256);
    const change = service.change('vc', { configuration: { password: 'wrong' } });
    await expect(change).rejects.toThrow();
    const verification = await service.verify('vc');
    expect(verification.ok).toBe(true);
  });

  it('takes no second source of the same id', async () => {
    await draft();
    await service.save('vc', vcsim.sha256);
    await expect(draft()).rejects.toThrow(/id is taken/u);
  });

  it('puts a draft in the place of an earlier one of that name, and says how to go on', async () => {
    const configuration = { address: vcsim.host, username: vcsim.username, password: canary };
    const name = 'vCenter Zürich';
    await service.draft({ id: 'wrong', name, kind: 'vsphere', configuration });
    await expect(service.save('wrong')).rejects.toThrow(/draft.*opal source save wrong/u);
    await draft();
    expect((await service.list()).map(({ id, state }) => [id, state])).toEqual([['vc', 'draft']]);
  });

  it('takes no vCenter twice, and names the source that it is', async () => {
    await draft();
    await service.save('vc', vcsim.sha256);
    await service.draft({
      id: 'again',
      name: 'the same under another name',
      kind: 'vsphere',
      configuration: { address: vcsim.host, username: vcsim.username, password: canary },
    });
    await expect(service.save('again', vcsim.sha256)).rejects.toThrow(/the source vc: .* twice/u);
    expect((await service.get('again')).state).toBe('draft');
    expect((await service.verify('vc')).ok).toBe(true);
  });

  it('removes a source with all that was collected from it', async () => {
    await draft();
    await service.save('vc', vcsim.sha256);
    await supervisor.sync('vc');
    expect(await countOf('Entity')).toBeGreaterThan(0);
    await service.remove('vc');
    await supervisor.look();
    expect(await countOf('Entity')).toBe(0);
    await expect(service.get('vc')).rejects.toThrow(/no such source/u);
  });

  it('does not read a draft', async () => {
    await draft();
    await expect(supervisor.sync('vc')).rejects.toThrow(/draft/u);
  });
});
