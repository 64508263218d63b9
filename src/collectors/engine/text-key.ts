/** 64 bits of a text, in two halves; never both zero, which marks an empty place. */
export interface TextKey {
  readonly low: number;
  readonly high: number;
}

/**
 * Spreads a text over 64 bits: two multiplicative lanes over the UTF-16 units, mixed at the end.
 * Two of a million texts meet with a chance of 1 in 36 million. Not for secrets.
 */
export function keyOf(text: string): TextKey {
  let low = 0x9e3779b9 ^ text.length;
  let high = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul(high ^ unit, 0x5f356495);
    low ^= low >>> 15;
    high ^= high >>> 13;
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low >>>= 0;
  high >>>= 0;
  return low === 0 && high === 0 ? { low: 1, high } : { low, high };
}
