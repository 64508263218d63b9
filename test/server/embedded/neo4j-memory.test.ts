import { expect, it } from 'vitest';
import { neo4jMemory } from '../../../src/server/embedded/neo4j-memory.js';

const gibibyte = 2 ** 30;

it('gives the database an eighth of the memory for its heap and a quarter for its pages', () => {
  expect(neo4jMemory(16 * gibibyte)).toEqual({ heap: '2048m', pageCache: '4096m' });
});

it('keeps what Neo4j needs at least on a small machine, and stops where more is of no use', () => {
  expect(neo4jMemory(2 * gibibyte)).toEqual({ heap: '1024m', pageCache: '512m' });
  expect(neo4jMemory(512 * gibibyte)).toEqual({ heap: '4096m', pageCache: '16384m' });
});
