import { describe, expect, it } from 'vitest';
import { checkPermit, decideSweep } from '../../../src/collectors/engine/sweep-gate.js';

const decide = (
  live: number,
  seen: number,
  said: number | undefined,
  confirmed = false,
): ReturnType<typeof decideSweep> =>
  decideSweep({
    sync: 3,
    proof: { counts: said === undefined ? {} : { VirtualMachine: said }, since: '' },
    kinds: [{ kind: 'VirtualMachine', live, seen }],
    confirmed,
  });

const kinds = (...args: Parameters<typeof decide>): readonly string[] | undefined =>
  decide(...args).permit?.kinds;

describe('the sweep gate', () => {
  it('opens for a kind that was proven and agrees with what was seen', () => {
    expect(kinds(100, 95, 95)).toEqual(['VirtualMachine']);
  });

  it('stays shut for a kind without proof, or with another count', () => {
    expect(kinds(100, 95, undefined)).toEqual([]);
    expect(kinds(100, 95, 96)).toEqual([]);
    expect(kinds(100, 95, 94, true)).toEqual([]);
  });

  it('asks from the first object beyond a fifth and beyond ten', () => {
    expect(kinds(100, 80, 80)).toEqual(['VirtualMachine']);
    expect(kinds(100, 79, 79)).toBeUndefined();
    expect(kinds(20, 10, 10)).toEqual(['VirtualMachine']);
    expect(kinds(20, 9, 9)).toBeUndefined();
    expect(kinds(5, 0, 0)).toBeUndefined();
    expect(kinds(100, 0, 0, true)).toEqual(['VirtualMachine']);
  });

  it('gives a permit that nobody can make and that no other sync can use', () => {
    const { permit } = decide(100, 95, 95);
    if (permit === undefined) throw new Error('no permit');
    expect(() => {
      checkPermit(permit, 3);
    }).not.toThrow();
    expect(() => {
      checkPermit(permit, 4);
    }).toThrow(TypeError);
    expect(() => {
      checkPermit({ ...permit }, 3);
    }).toThrow(TypeError);
  });
});
