import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';

const types = z.array(z.string()).nullable();
const node = z.object({ id: z.string(), kind: z.string(), name: z.string() });
const relationship = z.object({ from: z.string(), to: z.string(), type: z.string() });
const path = { nodes: z.array(node), relationships: z.array(relationship) };

export type NodeRow = z.output<typeof node>;

export const neighbours = defineQuery({
  file: 'exploration/neighbours',
  params: z.object({
    id: z.string(),
    types,
    direction: z.enum(['both', 'in', 'out']),
    after: z.string(),
    limit: z.int(),
  }),
  row: z.object({
    key: z.string(),
    relationship: z.string(),
    outgoing: z.boolean(),
    id: z.string(),
    kind: z.string(),
    name: z.string(),
  }),
});

export const shortestPaths = defineQuery({
  file: 'exploration/shortest-paths',
  params: z.object({ from: z.string(), to: z.string(), types, limit: z.int() }),
  row: z.object(path),
});

export const simplePaths = defineQuery({
  file: 'exploration/simple-paths',
  params: z.object({
    from: z.string(),
    to: z.string(),
    types,
    longest: z.int(),
    limit: z.int(),
  }),
  row: z.object(path),
});

export const knownNodes = defineQuery({
  file: 'exploration/known',
  params: z.object({ ids: z.array(z.string()) }),
  row: node,
});

export const expand = defineQuery({
  file: 'exploration/expand',
  params: z.object({
    frontier: z.array(z.string()),
    known: z.array(z.string()),
    types,
    limit: z.int(),
  }),
  row: z.object({ total: z.int(), nodes: z.array(node) }),
});

export const relationshipsAmong = defineQuery({
  file: 'exploration/relationships-among',
  params: z.object({ ids: z.array(z.string()), types, limit: z.int() }),
  row: relationship,
});

const place = {
  kinds: z.array(z.string()),
  folderTypes: z.array(z.string()),
  afterName: z.string(),
  afterId: z.string(),
  limit: z.int(),
};

const placeRow = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  children: z.int(),
});

export const treeRoots = defineQuery({
  file: 'exploration/tree-roots',
  params: z.object({ source: z.string().nullable(), ...place }),
  row: placeRow,
});

export const treeChildren = defineQuery({
  file: 'exploration/tree-children',
  params: z.object({ parent: z.string(), ...place }),
  row: placeRow,
});

export const fullText = defineQuery({
  file: 'exploration/full-text',
  params: z.object({ index: z.string(), query: z.string(), limit: z.int() }),
  row: z.object({ id: z.string(), kind: z.string(), name: z.string(), score: z.number() }),
});
