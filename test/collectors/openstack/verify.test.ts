import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openstackCollector } from '../../../src/collectors/openstack/index.js';
import { RecordedCloud } from './recorded-cloud.js';
import { parsed } from './whole-read.js';

let cloud: RecordedCloud;
const never = new AbortController().signal;

beforeEach(async () => {
  cloud = await RecordedCloud.start();
});

afterEach(async () => {
  await cloud.stop();
});

const verify = (more: Readonly<Record<string, unknown>> = {}) =>
  openstackCollector.verify(parsed(cloud.configuration(more)), never);

describe('looking at a cloud before it is saved', () => {
  it('finds product, version, clock and what the account may read', async () => {
    const found = await verify();
    expect(found).toMatchObject({
      ok: true,
      product: 'OpenStack',
      version: 'compute 2.96',
      clockSkewSeconds: 0,
      instanceId: 'keystone-1/',
    });
    expect(found.privileges?.present).toContain('role admin');
    expect(found.privileges?.missing).toEqual([]);
    expect(cloud.tokens.size).toBe(0);
  });

  it('names a list that the account may not read', async () => {
    cloud.faults.push({ path: '/os-hypervisors/detail', status: 403, times: 9 });
    const found = await verify();
    expect(found.ok).toBe(true);
    expect(found.privileges?.missing).toEqual(['read compute /os-hypervisors/detail']);
  });

  it('does not go on where servers may not be read', async () => {
    cloud.faults.push({ path: '/servers/detail', status: 403, times: 9 });
    expect((await verify()).ok).toBe(false);
  });

  it('warns of an account that does not see other projects', async () => {
    cloud.roles = ['member'];
    const found = await verify();
    expect(found.privileges?.missing).toContain('role admin');
    expect(found.findings.some(({ what }) => what.includes('admin is not among them'))).toBe(true);
  });

  it('says why a login is refused, without the password', async () => {
    const found = await verify({ password: 'wrong horse' });
    expect(found.ok).toBe(false);
    expect(JSON.stringify(found)).toContain('refuses the login');
    expect(JSON.stringify(found)).not.toContain('wrong horse');
  });

  it('names the regions there are where another was chosen', async () => {
    const found = await verify({ region: 'Elsewhere' });
    expect(found.ok).toBe(false);
    expect(JSON.stringify(found.findings)).toContain('public of RegionOne');
  });

  it('sends nothing over plain HTTP unless that is allowed', () => {
    const entered = cloud.configuration({ allowPlainHttp: false });
    const refused = openstackCollector.configuration.safeParse(entered);
    expect(refused.error?.issues.map(({ path }) => path)).toEqual([['address']]);
  });

  it.each([
    [{ username: undefined }, 'username'],
    [{ password: undefined }, 'password'],
    [{ authType: 'token' }, 'token'],
    [{ authType: 'applicationCredential' }, 'applicationCredentialSecret'],
    [{ systemScope: true }, 'systemScope'],
  ])('asks for what %j lacks', (change, field) => {
    const refused = openstackCollector.configuration.safeParse(cloud.configuration(change));
    expect(refused.error?.issues.map(({ path }) => path[0])).toContain(field);
  });
});
