import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pseudonyms } from '../../../src/collectors/bundle/pseudonyms.js';

const hide = (value: unknown, field = 'name'): unknown => new Pseudonyms('key').copy(value, field);

const commonPrefix = (one: readonly number[], other: readonly number[]): number => {
  const place = one.findIndex((byte, i) => byte !== other[i]);
  return place < 0 ? one.length : place;
};

const address = fc.tuple(fc.integer({ min: 1, max: 126 }), fc.nat(255), fc.nat(255), fc.nat(255));

describe('pseudonyms', () => {
  it('keep exactly the equal prefixes of addresses equal', () => {
    fc.assert(
      fc.property(address, address, (one, other) => {
        const bytes = (given: readonly number[]): number[] =>
          String(hide(given.join('.')))
            .split('.')
            .map(Number);
        expect(commonPrefix(bytes(one), bytes(other))).toBe(commonPrefix(one, other));
      }),
    );
  });

  it('keep UUIDs, MAC addresses and IPv6 addresses what they are', () => {
    expect(hide('4213e1a0-0000-1111-2222-333344445555')).toMatch(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u,
    );
    expect(hide('00:50:56:aa:bb:cc')).toMatch(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/u);
    expect(hide('fe80::250:56ff:feaa:bbcc', 'ip')).toMatch(/^fe80::[0-9a-f:]+$/u);
  });

  it('give a name the same pseudonym wherever it stands, and other keys another', () => {
    const { name, path } = hide({ name: 'web01', path: '/dc/vm/prod/web01' }) as Record<
      string,
      string
    >;
    expect(path?.split('/').at(-1)).toBe(name);
    expect(path).toMatch(/^\/n[0-9a-f]+\/vm\//u);
    expect(new Pseudonyms('other').copy('web01', 'name')).not.toBe(name);
  });

  it('leave words of the source alone', () => {
    const raw = {
      type: 'VirtualMachine',
      powerState: 'poweredOn',
      version: 'vmx-19',
      key: 2000,
      on: true,
      none: null,
    };
    expect(hide(raw)).toEqual(raw);
  });
});
