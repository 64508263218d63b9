import { expect, it } from 'vitest';
import { KnownEntities } from '../../../src/collectors/engine/known-entities.js';

it('keeps apart two hundred thousand entities, and counts what is live and what was seen', () => {
  const known = new KnownEntities();
  const id = (i: number): string => `lab/Disk/vm-${i}/2000`;
  for (let i = 0; i < 200_000; i++) known.load(id(i), 'Disk', `hash ${i}`, i % 10 === 0);
  expect(known.count).toBe(200_000);
  expect(known.liveOf('Disk')).toBe(180_000);
  expect(known.standing(id(1), 'hash 1')).toBe('unchanged');
  expect(known.standing(id(1), 'hash 2')).toBe('changed');
  expect(known.standing(id(10), 'hash 10')).toBe('removed');
  expect(known.standing(id(200_000), 'hash')).toBe('new');
  for (let i = 0; i < 200_000; i++) expect(known.standing(id(i), `hash ${i}`)).not.toBe('new');
});

it('counts an entity once however often it is seen, and takes it back when it is removed', () => {
  const known = new KnownEntities();
  known.load('a', 'Host', 'x', false);
  known.see('a', 'Host', 'x');
  known.see('a', 'Host', 'y');
  known.see('b', 'Host', 'z');
  expect([known.liveOf('Host'), known.seenOf('Host')]).toEqual([2, 2]);
  known.remove('a', 'Host');
  known.remove('a', 'Host');
  expect([known.liveOf('Host'), known.seenOf('Host')]).toEqual([1, 1]);
  expect(known.isLive('a')).toBe(false);
  known.see('a', 'Host', 'y');
  expect([known.liveOf('Host'), known.seenOf('Host')]).toEqual([2, 2]);
});
