import { describe, expect, it } from 'vitest';
import type { CollectorChange } from '../../src/collectors/contract.js';
import { openstackCollector } from '../../src/collectors/openstack/index.js';
import { collectorConformance } from '../collectors/conformance/collector-conformance.js';
import { parsed, readWhole, readWithin } from '../collectors/openstack/whole-read.js';
import { estate, realCloud } from './real-cloud.js';

collectorConformance('OpenStack (a real cloud)', () =>
  Promise.resolve({ collector: openstackCollector, configuration: realCloud() }),
);

/** Within this time a change has to show. */
const promisedMs = 15_000;
/** Where Neutron does not tell what changed, as long as it takes to list its ports some times. */
const comparedMs = 120_000;

describe('a real cloud', () => {
  it('is read whole: every count equals what its own client lists', async () => {
    const { proof } = await readWhole(realCloud());
    expect(proof.counts).toEqual(await estate('count'));
  }, 300_000);

  it('shows a machine created, renamed, resized and deleted within 15 s of each, and moved', async () => {
    const stop = new AbortController();
    const seen: CollectorChange[] = [];
    const configuration = parsed(realCloud({ pollSeconds: 2 }));

    const shows = async (
      wanted: (change: CollectorChange) => boolean,
      timeout = promisedMs,
    ): Promise<void> => {
      await expect.poll(() => seen.some(wanted), { timeout, interval: 200 }).toBe(true);
    };
    const server =
      (id: string, holds: (body: Readonly<Record<string, unknown>>) => boolean) =>
      (change: CollectorChange): boolean =>
        change.type === 'changed' && change.object.externalId === id && holds(change.object.body);

    const act = async (): Promise<void> => {
      const id = String((await estate('create', 'opal-watched')).id);
      await shows(server(id, ({ status }) => status === 'ACTIVE'));
      await estate('rename', id, 'opal-renamed');
      await shows(server(id, ({ name }) => name === 'opal-renamed'));
      await estate('resize', id);
      await shows(
        server(id, ({ flavor }) =>
          JSON.stringify(flavor).includes('"original_name":"m1.ephemeral"'),
        ),
      );
      const { network } = await estate('move-port', id);
      await shows(
        server(id, ({ $networks }) => JSON.stringify($networks) === JSON.stringify([network])),
        comparedMs,
      );
      await estate('delete', id);
      await shows((change) => change.type === 'removed' && change.externalId === id);
    };

    await openstackCollector.around(
      configuration,
      async (session) => {
        const { proof } = await readWithin(session);
        const acting = act().finally(() => {
          stop.abort();
        });
        // Awaited below; until then it must not count as unhandled.
        acting.catch(() => undefined);
        for await (const burst of openstackCollector.watch(session, proof.since, stop.signal)) {
          seen.push(...burst.changes);
        }
        await acting;
      },
      new AbortController().signal,
    );
  }, 600_000);
});
