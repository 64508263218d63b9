import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  parseBytes,
  parseMillis,
  parseQuantity,
} from '../../src/kubernetes/quantity.js';

describe('a quantity', () => {
  it.each([
    ['1', 1],
    ['1500m', 1.5],
    ['16Gi', 16 * 2 ** 30],
    ['2.5G', 2.5e9],
    ['1e3', 1000],
    ['.5', 0.5],
    [7, 7],
  ])('%s is %d', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each(['', 'many', '1Zi', '1 Gi', null, {}, Number.NaN])('%j is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('of CPU is rounded up to thousandths', () => {
    expect(parseMillis('100u')).toBe(1);
    expect(parseMillis('0.1')).toBe(100);
  });

  it('of bytes is written without loss', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 50 }), (bytes) => parseBytes(formatBytes(bytes)) === bytes),
    );
    expect(formatBytes(1536 * 2 ** 20)).toBe('1536Mi');
    expect(formatBytes(2 ** 40)).toBe('1Ti');
  });
});
