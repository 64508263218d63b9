import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CollectorChange } from '../../../src/collectors/contract.js';
import { openstackCollector } from '../../../src/collectors/openstack/index.js';
import { RecordedCloud } from './recorded-cloud.js';
import { parsed, readWithin } from './whole-read.js';

let cloud: RecordedCloud;

beforeEach(async () => {
  cloud = await RecordedCloud.start();
});

afterEach(async () => {
  await cloud.stop();
});

const servers = 'compute/servers/detail';
const ports = 'network/ports';

/** Changes of the watch until `wanted` has come, after `change` was made behind a full read. */
async function changesAfter(
  change: () => void,
  wanted: (change: CollectorChange) => boolean,
): Promise<CollectorChange[]> {
  const stop = new AbortController();
  const seen: CollectorChange[] = [];
  const configuration = cloud.configuration({ pollSeconds: 0.5, levelCheckSeconds: 1 });
  await openstackCollector.around(
    parsed(configuration),
    async (session) => {
      const { proof } = await readWithin(session);
      change();
      for await (const burst of openstackCollector.watch(session, proof.since, stop.signal)) {
        seen.push(...burst.changes);
        if (burst.changes.some(wanted)) stop.abort();
      }
    },
    stop.signal,
  );
  return seen;
}

const isChangeOf =
  (id: unknown) =>
  (change: CollectorChange): boolean =>
    change.type === 'changed' && change.object.externalId === id;

const isRemovalOf =
  (id: unknown) =>
  (change: CollectorChange): boolean =>
    change.type === 'removed' && change.externalId === id;

describe('the watch of a cloud', () => {
  it('tells a renamed machine, and nothing that did not change', async () => {
    const [first] = cloud.list(servers);
    const changes = await changesAfter(() => {
      cloud.change(servers, first?.id, { name: 'renamed' });
    }, isChangeOf(first?.id));
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ object: { type: 'server', body: { name: 'renamed' } } });
  });

  it('tells a machine that Nova says is deleted', async () => {
    const [first] = cloud.list(servers);
    const changes = await changesAfter(() => {
      cloud.delete(servers, first?.id);
    }, isRemovalOf(first?.id));
    expect(changes).toContainEqual({
      type: 'removed',
      objectType: 'server',
      externalId: first?.id,
    });
  });

  it('reads the machine again whose port moved to another network', async () => {
    const port = cloud.list(ports).find((each) => each.device_owner === 'compute:nova');
    const other = cloud.list('network/networks').find((each) => each.id !== port?.network_id);
    const changes = await changesAfter(() => {
      cloud.change(ports, port?.id, { network_id: other?.id });
    }, isChangeOf(port?.device_id));
    expect(changes.find(isChangeOf(port?.device_id))).toMatchObject({
      object: { body: { $networks: [other?.id] } },
    });
  });

  it('compares ports where Neutron does not tell what changed', async () => {
    cloud.tellsChangesOfNetworks = false;
    const port = cloud.list(ports).find((each) => each.device_owner === 'compute:nova');
    const changes = await changesAfter(() => {
      cloud.change(ports, port?.id, { status: 'DOWN', name: 'moved' });
    }, isChangeOf(port?.id));
    expect(changes.find(isChangeOf(port?.id))).toMatchObject({
      object: { body: { name: 'moved' } },
    });
  });

  it('tells a network that is gone once its service says so for it alone', async () => {
    const [first] = cloud.list('network/networks');
    await changesAfter(() => {
      cloud.delete('network/networks', first?.id);
    }, isRemovalOf(first?.id));
    expect(cloud.requests.some((each) => each.endsWith(`/networks/${String(first?.id)}`))).toBe(
      true,
    );
  });

  it('takes no object for gone that a list left out by mistake', async () => {
    const list = cloud.list('network/networks');
    const [first, second] = list;
    const body = JSON.stringify({ networks: list.slice(1) });
    const changes = await changesAfter(() => {
      cloud.faults.push({ path: '/networks', status: 200, body, times: 3 });
      setTimeout(() => {
        cloud.change('network/networks', second?.id, { name: 'later' });
      }, 2_500);
    }, isChangeOf(second?.id));
    expect(changes.some(isRemovalOf(first?.id))).toBe(false);
  });

  it('leaves it to a full read where most of a list is missing', async () => {
    const watching = changesAfter(
      () => {
        cloud.list('network/networks').splice(5);
      },
      () => false,
    );
    await expect(watching).rejects.toThrow('Many objects are missing');
  });
});
