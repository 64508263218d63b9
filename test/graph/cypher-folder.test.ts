import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../src/graph/index.js';
import { cypherFolder, queryText } from '../../src/graph/query/query-text.js';
import { openTestGraph, type OpenedGraph } from './open-test-graph.js';
import { queriesInCode } from './queries-in-code.js';

const withoutText = (text: string): string =>
  text
    .replace(/\/\/.*$/gmu, '')
    .replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gu, "''")
    .replace(/\/\*[\s\S]*?\*\//gu, '');

const parametersIn = (text: string): string[] =>
  [
    ...new Set([...withoutText(text).matchAll(/\$([A-Za-z_]\w*)/gu)].map(([, name]) => name ?? '')),
  ].sort();

const queries = await queriesInCode();
const files = (await readdir(cypherFolder, { recursive: true }))
  .filter((file) => file.endsWith('.cypher'))
  .map((file) => file.replace(/\.cypher$/u, '').replaceAll('\\', '/'))
  .sort();

describe('the cypher folder', () => {
  let opened: OpenedGraph;
  beforeAll(async () => {
    opened = await openTestGraph();
    await migrate(opened.graph);
  });

  it('holds one file for each declared query, and one query for each file', () => {
    expect(queries.map(({ file }) => file).sort()).toEqual(files);
  });

  it.each(queries)('declares the parameters that $file uses', (query) => {
    expect(Object.keys(query.params.shape).sort()).toEqual(parametersIn(queryText(query.file)));
  });

  it.each(queries)('declares the columns that Neo4j gives for $file', async (query) => {
    const session = opened.neo4j.driver.session({ database: opened.neo4j.database });
    try {
      const values = Object.fromEntries(
        Object.keys(query.params.shape).map((name) => [name, null]),
      );
      const result = session.run(`EXPLAIN ${queryText(query.file)}`, values);
      expect([...(await result.keys())].sort()).toEqual(Object.keys(query.row.shape).sort());
      await result.summary();
    } finally {
      await session.close();
    }
  });
});
