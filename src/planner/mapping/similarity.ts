/** Words that say nothing about which network or storage is meant. */
const noise = new Set([
  'vm',
  'network',
  'net',
  'vlan',
  'portgroup',
  'pg',
  'dvpg',
  'datastore',
  'ds',
  'lun',
  'storage',
  'sc',
  'br',
  'bridge',
]);

/** Words of a name: letters and digits apart, in lower case, without what all names have. */
function wordsOf(name: string): ReadonlySet<string> {
  const words = name.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
  const telling = words.filter((word) => !noise.has(word));
  return new Set(telling.map((word) => word.replace(/^0+(?=\d)/u, '')));
}

/** How alike two names are, from 0 to 1: shared words against all words (Dice). */
export function nameSimilarity(one: string, other: string): number {
  const words = wordsOf(one);
  const others = wordsOf(other);
  if (words.size === 0 || others.size === 0) return 0;
  const shared = [...words].filter((word) => others.has(word)).length;
  return (2 * shared) / (words.size + others.size);
}
