import type { Graph } from '../../graph/index.js';
import { auditEntriesAfter, auditHead } from './audit-queries.js';
import { entryId, hashEntry } from './chain.js';

/** What the check of the whole audit found: the number of sound entries, and the first that is not. */
export type ChainVerdict =
  | { readonly intact: true; readonly entries: number }
  | { readonly intact: false; readonly entries: number; readonly at: string; readonly why: string };

const pageSize = 1_000;

/**
 * Walks the audit from its first entry and recomputes every hash: finds entries that were changed,
 * removed or put in between, and a cut-off end. Entries written meanwhile are checked as well.
 */
export async function verifyChain(graph: Graph): Promise<ChainVerdict> {
  const [head] = await graph.read(auditHead, {});
  let entries = 0;
  let previousHash = '';
  for (;;) {
    const page = await graph.read(auditEntriesAfter, {
      after: entryId(entries),
      limit: pageSize,
    });
    for (const entry of page) {
      const broken = (why: string): ChainVerdict => ({ intact: false, entries, at: entry.id, why });
      if (entry.id !== entryId(entries + 1)) return broken('entries before it are missing');
      if (entry.previousHash !== previousHash)
        return broken('it does not follow the one before it');
      if (entry.hash !== hashEntry(entry)) return broken('it was changed after it was written');
      previousHash = entry.hash;
      entries += 1;
    }
    if (page.length < pageSize) break;
  }
  const expected = head?.sequence ?? 0;
  if (entries < expected) {
    const why = `the chain has ${String(expected)} entries, the last ones are missing`;
    return { intact: false, entries, at: entryId(entries + 1), why };
  }
  return { intact: true, entries };
}
