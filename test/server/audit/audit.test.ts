import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate, type Graph } from '../../../src/graph/index.js';
import type { Principal } from '../../../src/server/access/index.js';
import { AuditLog } from '../../../src/server/audit/index.js';
import { Secret } from '../../../src/server/credentials/index.js';
import { createLogger } from '../../../src/telemetry/logger.js';
import { openTestGraph } from '../../graph/open-test-graph.js';
import { wipeGraph } from '../../real/neo4j.js';

const principal: Principal = { name: 'Zoë', role: 'operator', tokenId: 't1' };
const canary = 'canary-5b1e';

describe('the audit', () => {
  let graph: Graph;
  let audit: AuditLog;
  const lines: string[] = [];
  beforeAll(async () => {
    ({ graph } = await openTestGraph());
    await migrate(graph);
  });
  beforeEach(async () => {
    await wipeGraph();
    lines.length = 0;
    audit = new AuditLog(graph, createLogger('info', { write: (line) => void lines.push(line) }));
  });

  const change = (text: string): Promise<unknown> => graph.writeCompiled({ text, parameters: {} });
  const plan = { action: 'startMigration', subject: 'plan-1' };

  async function fill(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await audit.audited(principal, { ...plan, subject: `plan-${String(index)}` }, async () => {
        await Promise.resolve();
      });
    }
  }

  it('has the intent before the act and the outcome after it', async () => {
    let seenWhileActing: readonly string[] = [];
    const result = await audit.audited(principal, { ...plan, details: { wave: 2 } }, async () => {
      seenWhileActing = (await audit.entries({ limit: 10 })).map(({ phase }) => phase);
      return 42;
    });
    const entries = await audit.entries({ limit: 10 });
    expect(result).toBe(42);
    expect(seenWhileActing).toEqual(['intent']);
    expect(entries.map(({ phase }) => phase)).toEqual(['done', 'intent']);
    expect(entries[1]).toMatchObject({
      actor: 'Zoë',
      role: 'operator',
      tokenId: 't1',
      action: 'startMigration',
      subject: 'plan-1',
      details: '{"wave":2}',
    });
    expect(entries[0]?.operation).toBe(entries[1]?.operation);
  });

  it('says why an act failed and lets the error through', async () => {
    const failing = audit.audited(principal, plan, () => Promise.reject(new Error('no capacity')));
    await expect(failing).rejects.toThrow('no capacity');
    const [last] = await audit.entries({ limit: 1 });
    expect(last).toMatchObject({ phase: 'failed' });
    expect(last?.details).toContain('no capacity');
  });

  it('keeps secrets out, by field name, wrapper and in addresses', async () => {
    const details = {
      password: canary,
      nested: { access_token: canary, list: [{ apiKey: canary }] },
      wrapped: new Secret(canary),
      address: `https://user:${canary}@vc.example`,
      header: `Bearer ${canary}-${canary}`,
    };
    const error = new Error(`login at https://user:${canary}@vc.example failed`);
    await audit
      .audited(principal, { ...plan, details }, () => Promise.reject(error))
      .catch(() => undefined);
    const rows = await graph.readCompiled({
      text: 'MATCH (n) RETURN properties(n) AS properties',
      parameters: {},
    });
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toContain(canary);
  });

  it('does nothing when the intent cannot be written', async () => {
    await change("CREATE (:AuditEntry {id: '0000000000000001'})");
    let acted = false;
    const attempt = audit.audited(principal, plan, () => {
      acted = true;
      return Promise.resolve();
    });
    await expect(attempt).rejects.toThrow();
    expect(acted).toBe(false);
  });

  it('returns the result and logs when only the outcome cannot be written', async () => {
    const result = await audit.audited(principal, plan, async () => {
      await change("CREATE (:AuditEntry {id: '0000000000000002'})");
      return 'done';
    });
    expect(result).toBe('done');
    expect(lines.join('')).toContain('An audit entry could not be written');
  });

  it('stays one chain when several servers write at once', async () => {
    const other = new AuditLog(graph, createLogger('silent'));
    const writers = Array.from({ length: 12 }, (_, index) =>
      (index % 2 === 0 ? audit : other).audited(principal, plan, () => Promise.resolve()),
    );
    await Promise.all(writers);
    expect(await audit.verifyChain()).toEqual({ intact: true, entries: 24 });
  });

  it('is given in pages, newest first, by actor, action and subject', async () => {
    await fill(3);
    await audit.denied({ ...principal, name: 'Eve' }, { action: 'deletePlan', subject: 'plan-1' });
    const first = await audit.entries({ limit: 2 });
    const next = await audit.entries({ limit: 10, before: first[1]?.id ?? '' });
    expect(first.map(({ phase }) => phase)).toEqual(['denied', 'done']);
    expect(next).toHaveLength(5);
    expect(await audit.entries({ limit: 10, actor: 'Eve' })).toHaveLength(1);
    expect(await audit.entries({ limit: 10, subject: 'plan-1' })).toHaveLength(3);
    expect(await audit.entries({ limit: 10, action: 'deletePlan' })).toHaveLength(1);
  });

  it.each([
    ['was changed', "MATCH (e:AuditEntry {id: '0000000000000003'}) SET e.actor = 'Eve'", 3, 2],
    ['was removed', "MATCH (e:AuditEntry {id: '0000000000000003'}) DELETE e", 4, 2],
    ['was last and was removed', "MATCH (e:AuditEntry {id: '0000000000000006'}) DELETE e", 6, 5],
    ['was first and was removed', "MATCH (e:AuditEntry {id: '0000000000000001'}) DELETE e", 2, 0],
    [
      'was put in the place of another',
      "MATCH (a:AuditEntry {id: '0000000000000002'}), (b:AuditEntry {id: '0000000000000004'}) DELETE b WITH a CREATE (c:AuditEntry) SET c = a {.*, id: '0000000000000004'}",
      4,
      3,
    ],
  ])('shows that an entry %s', async (_, tampering, at, entries) => {
    await fill(3);
    await change(tampering);
    expect(await audit.verifyChain()).toMatchObject({
      intact: false,
      at: String(at).padStart(16, '0'),
      entries,
    });
  });

  it('is intact when nothing was audited yet', async () => {
    expect(await audit.verifyChain()).toEqual({ intact: true, entries: 0 });
  });
});
