import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OpenstackBusyError } from '../../../src/collectors/openstack/errors.js';
import { RecordedCloud, type Item } from './recorded-cloud.js';
import { mapped, readWhole } from './whole-read.js';

let cloud: RecordedCloud;

beforeEach(async () => {
  cloud = await RecordedCloud.start();
});

afterEach(async () => {
  await cloud.stop();
});

const isAdapter = (port: Item): boolean => String(port.device_owner).startsWith('compute:');

describe('a full read of a cloud', () => {
  it('gives every object of every service, page by page', async () => {
    const { proof, omissions } = await readWhole(cloud.configuration({ pageSize: 7 }));
    const adapters = cloud.list('network/ports').filter(isAdapter).length;
    expect(omissions).toEqual([]);
    expect(proof.counts).toMatchObject({
      VirtualMachine: cloud.list('compute/servers/detail').length,
      Host: cloud.list('compute/os-hypervisors/detail').length,
      Network: cloud.list('network/networks').length,
      Subnet: cloud.list('network/subnets').length,
      Nic: adapters,
      Port: cloud.list('network/ports').length - adapters,
      Volume: cloud.list('block-storage/volumes/detail').length,
      Image: cloud.list('image/images').length,
      Project: cloud.list('identity/projects').length,
    });
    expect(proof.counts.VirtualMachine).toBeGreaterThan(100);
  });

  it('gives a machine its flavor, image, host, zone, project and networks', async () => {
    const { objects } = await readWhole(cloud.configuration());
    const server = cloud
      .list('compute/servers/detail')
      .find((each) => each.status === 'ACTIVE' && String(each.name).startsWith('shop-web-'));
    const machine = mapped(objects).find(
      (each) => each.kind === 'VirtualMachine' && each.externalId === server?.id,
    );
    expect(machine?.properties).toMatchObject({
      powerState: 'poweredOn',
      sourcePowerState: 'ACTIVE',
      cpuCount: 2,
      memoryMB: 2048,
      nicCount: 1,
      path: `Default/admin/${String(server?.name)}`,
    });
    expect(machine?.edges).toMatchObject({
      host: { kind: 'Host' },
      flavor: { kind: 'Flavor' },
      image: { kind: 'Image' },
      project: { kind: 'Project' },
      availabilityZone: { kind: 'AvailabilityZone', externalId: 'nova' },
      networks: [{ kind: 'Network' }],
    });
  });

  it('keeps start-up data of servers out of what it gives', async () => {
    const [first] = cloud.list('compute/servers/detail');
    cloud.change('compute/servers/detail', first?.id, {
      'OS-EXT-SRV-ATTR:user_data': 'cGFzc3dvcmQ6IGh1bnRlcjI=',
    });
    const { objects } = await readWhole(cloud.configuration());
    expect(JSON.stringify(objects)).not.toContain('cGFzc3dvcmQ6');
    expect(objects.find(({ externalId }) => externalId === first?.id)?.body.$hasUserData).toBe(
      true,
    );
  });

  it('logs in once more where a service no longer takes the token', async () => {
    cloud.faults.push({ path: '/networks', status: 401, times: 1 });
    const { proof } = await readWhole(cloud.configuration());
    expect(proof.counts.Network).toBe(cloud.list('network/networks').length);
    expect(cloud.requests.filter((each) => each.startsWith('POST'))).toHaveLength(2);
  });

  it('waits as long as a busy service asks for', async () => {
    const headers = { 'retry-after': '1' };
    cloud.faults.push({ path: '/servers/detail', status: 429, headers, times: 1 });
    const { proof } = await readWhole(cloud.configuration());
    expect(proof.counts.VirtualMachine).toBe(cloud.list('compute/servers/detail').length);
  });

  it('gives up on a service that stays busy, so that nothing is proved', async () => {
    cloud.faults.push({ path: '/ports', status: 503, times: 99 });
    await expect(readWhole(cloud.configuration())).rejects.toThrow(OpenstackBusyError);
  });

  it.each([
    ['cut off', '{"ports": [{"id": "a"'],
    ['without its list', '{"something": []}'],
  ])('does not take an answer that is %s for an empty list', async (_how, body) => {
    cloud.faults.push({ path: '/ports', status: 200, body, times: 99 });
    await expect(readWhole(cloud.configuration())).rejects.toThrow('cannot be used');
  });

  it('reads a list again from its start where its place was deleted meanwhile', async () => {
    const body = '{"badRequest": {"message": "marker not found"}}';
    cloud.faults.push({ path: '/servers/detail', status: 400, body, times: 1, after: 2 });
    const { proof, objects } = await readWhole(cloud.configuration({ pageSize: 20 }));
    const ids = objects.filter(({ type }) => type === 'server').map(({ externalId }) => externalId);
    expect(new Set(ids).size).toBe(proof.counts.VirtualMachine);
    expect(proof.counts.VirtualMachine).toBe(cloud.list('compute/servers/detail').length);
  });

  it('proves nothing about kinds that it may not list, and says so', async () => {
    cloud.faults.push({ path: '/ports', status: 403, times: 99 });
    const { proof, omissions, objects } = await readWhole(cloud.configuration());
    expect(proof.counts).not.toHaveProperty('Nic');
    expect(proof.counts).not.toHaveProperty('Port');
    expect(omissions).toContainEqual(expect.objectContaining({ what: 'list /ports' }));
    const machine = mapped(objects).find(({ kind }) => kind === 'VirtualMachine');
    expect(machine).toMatchObject({ unread: ['networks'] });
  });

  it('proves nothing about other projects without the role to see them', async () => {
    cloud.roles = ['member'];
    const { proof, omissions } = await readWhole(cloud.configuration());
    expect(Object.keys(proof.counts).sort()).toEqual(['AvailabilityZone', 'Datastore', 'Host']);
    expect(omissions.length).toBeGreaterThan(5);
  });

  it('takes what the account sees for all there is where that is wanted', async () => {
    cloud.roles = ['member'];
    const { proof } = await readWhole(cloud.configuration({ visibility: 'account' }));
    expect(proof.counts.VirtualMachine).toBe(cloud.list('compute/servers/detail').length);
    expect(cloud.requests.some((each) => each.includes('all_tenants'))).toBe(false);
  });

  it('leaves alone what is known of a server whose cell does not answer', async () => {
    const list = cloud.list('compute/servers/detail');
    const [first] = list;
    list[0] = { id: first?.id, status: 'UNKNOWN', tenant_id: 'x', created: first?.created };
    const { proof, omissions } = await readWhole(cloud.configuration());
    expect(proof.counts).not.toHaveProperty('VirtualMachine');
    expect(omissions).toContainEqual(expect.objectContaining({ externalId: first?.id }));
  });

  it('gives the token back, and only one that it made', async () => {
    await readWhole(cloud.configuration());
    expect(cloud.tokens.size).toBe(0);
    await readWhole(
      cloud.configuration({ authType: 'token', token: 'given', password: undefined }),
    );
    expect(cloud.tokens.size).toBe(1);
  });

  it('logs in by application credential without a word about the project', async () => {
    const { proof } = await readWhole({
      address: cloud.address,
      authType: 'applicationCredential',
      applicationCredentialId: 'ac1',
      applicationCredentialSecret: 'staple',
      allowPlainHttp: true,
    });
    expect(proof.counts.VirtualMachine).toBeGreaterThan(100);
  });
});
