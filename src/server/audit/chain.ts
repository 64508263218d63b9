import { createHash } from 'node:crypto';

/** Everything of an entry that its hash covers, in the order in which it does. */
export interface ChainedFacts {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly tokenId: string;
  readonly role: string;
  readonly action: string;
  readonly subject: string;
  readonly operation: string;
  readonly phase: string;
  readonly details: string;
  readonly previousHash: string;
}

const idDigits = 16;

/** The id of the n-th entry: its order as text is its place in the chain. */
export function entryId(sequence: number): string {
  return String(sequence).padStart(idDigits, '0');
}

/** SHA-256 over the facts as a JSON list, which keeps neighbouring fields apart. */
export function hashEntry(facts: ChainedFacts): string {
  const { id, at, actor, tokenId, role, action, subject, operation, phase, details } = facts;
  const list = [id, at, actor, tokenId, role, action, subject, operation, phase, details];
  return createHash('sha256')
    .update(JSON.stringify([...list, facts.previousHash]))
    .digest('hex');
}
