import { describe, expect, it } from 'vitest';
import { vsphereConfiguration } from '../../../src/collectors/vsphere/index.js';

const account = { username: 'reader@vsphere.local', password: 'p' };
const pairs = Array.from({ length: 32 }, () => 'AB').join(':');

describe('the configuration of a source', () => {
  it.each([
    ['vcenter.example.org', 'vcenter.example.org'],
    ['vcenter.example.org:8443', 'vcenter.example.org:8443'],
    ['https://vcenter.example.org/sdk', 'vcenter.example.org'],
    ['https://[2001:db8::1]/', '[2001:db8::1]'],
  ])('takes %s as the address %s', (address, expected) => {
    expect(vsphereConfiguration.parse({ ...account, address }).address).toBe(expected);
  });

  it.each([
    ['http://vcenter.example.org', /https alone/u],
    ['https://user:secret@vcenter.example.org', /own fields/u],
    ['not a host', /not a host name/u],
    ['', /./u],
  ])('refuses %s as an address', (address, words) => {
    const result = vsphereConfiguration.safeParse({ ...account, address });
    expect(result.error?.message).toMatch(words);
    expect(result.error?.message).not.toContain('secret');
  });

  it('takes a fingerprint however it is written', () => {
    for (const fingerprint of [pairs, pairs.toLowerCase(), pairs.replaceAll(':', '')]) {
      const parsed = vsphereConfiguration.parse({ ...account, address: 'host', fingerprint });
      expect(parsed.fingerprint).toBe(pairs);
    }
  });

  it('refuses a SHA-1 fingerprint and fields that it does not know', () => {
    const sha1 = pairs.slice(0, 59);
    const parse = (more: object): boolean =>
      vsphereConfiguration.safeParse({ ...account, address: 'host', ...more }).success;
    expect(parse({})).toBe(true);
    expect(parse({ fingerprint: sha1 })).toBe(false);
    expect(parse({ insecure: true })).toBe(false);
    expect(parse({ authority: 'not a certificate' })).toBe(false);
  });
});
