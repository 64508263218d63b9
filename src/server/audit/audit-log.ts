import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { OpalError } from '../../errors/opal-error.js';
import type { Graph, GraphTransaction } from '../../graph/index.js';
import { redactText, redactValue, type Logger } from '../../telemetry/logger.js';
import type { Principal } from '../access/access.js';
import {
  appendAuditEntry,
  auditEntriesBefore,
  lockAuditHead,
  type auditEntry,
  type auditPhases,
} from './audit-queries.js';
import { entryId, hashEntry } from './chain.js';
import { verifyChain, type ChainVerdict } from './verify-chain.js';

/** One line of the audit. `details` is a JSON text without secrets; times are ISO 8601 in UTC. */
export type AuditEntry = z.output<z.ZodObject<typeof auditEntry>>;
export type AuditPhase = (typeof auditPhases)[number];

/** What is done to what, in the words of the API: `startMigration`, the id of the plan. */
export interface AuditedAction {
  readonly action: string;
  /** Id of the object that it is done to. */
  readonly subject: string;
  /** What else a reader has to know. Secrets are removed before it is written. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditFilter {
  readonly actor?: string;
  readonly subject?: string;
  readonly action?: string;
  /** Id of the last entry of the page before. */
  readonly before?: string;
  readonly limit: number;
}

const longestDetails = 16_384;
const longestText = 1_024;
/** Comes after every id. */
const endOfChain = '~';

function writeDetails(details: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(redactValue(details));
  if (text.length <= longestDetails) return text;
  return JSON.stringify({ leftOut: `${String(text.length)} characters` });
}

function failureFacts(error: unknown): Record<string, unknown> {
  if (error instanceof OpalError) return { code: error.code, why: error.why };
  return { code: 'unexpected', why: error instanceof Error ? error.message : String(error) };
}

interface Draft extends AuditedAction {
  readonly operation: string;
  readonly phase: AuditPhase;
}

/** The append-only record of who changed what. Entries are chained by hash over all servers. */
export class AuditLog {
  constructor(
    private readonly graph: Graph,
    private readonly logger: Logger,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Does something that has to leave a trace: writes the intent, acts, writes the outcome. Nothing is
   * done when the intent cannot be written. An outcome that cannot be written goes to the log, because
   * what was done cannot be undone for that.
   */
  async audited<Result>(
    principal: Principal,
    audited: AuditedAction,
    act: () => Promise<Result>,
  ): Promise<Result> {
    const operation = randomUUID();
    await this.append(principal, { ...audited, operation, phase: 'intent' });
    try {
      const result = await act();
      await this.appendOutcome(principal, { ...audited, details: {}, operation, phase: 'done' });
      return result;
    } catch (error) {
      const details = failureFacts(error);
      await this.appendOutcome(principal, { ...audited, details, operation, phase: 'failed' });
      throw error;
    }
  }

  /** Records that somebody tried what their role does not allow. */
  async denied(principal: Principal, audited: AuditedAction): Promise<void> {
    await this.appendOutcome(principal, { ...audited, operation: randomUUID(), phase: 'denied' });
  }

  /** A page of entries, newest first. */
  entries(filter: AuditFilter): Promise<AuditEntry[]> {
    return this.graph.read(auditEntriesBefore, {
      before: filter.before ?? endOfChain,
      actor: filter.actor ?? null,
      subject: filter.subject ?? null,
      action: filter.action ?? null,
      limit: filter.limit,
    });
  }

  /** Checks every entry from the first to the last. */
  verifyChain(): Promise<ChainVerdict> {
    return verifyChain(this.graph);
  }

  private async appendOutcome(principal: Principal, draft: Draft): Promise<void> {
    try {
      await this.append(principal, draft);
    } catch (error) {
      const { action, subject, operation, phase } = draft;
      this.logger.error(
        { err: error, audit: { actor: principal.name, action, subject, operation, phase } },
        'An audit entry could not be written',
      );
    }
  }

  private append(principal: Principal, draft: Draft): Promise<void> {
    const details = writeDetails(draft.details ?? {});
    return this.graph.transaction((tx) => this.chain(tx, principal, draft, details));
  }

  private async chain(
    tx: GraphTransaction,
    principal: Principal,
    draft: Draft,
    details: string,
  ): Promise<void> {
    const [head] = await tx.run(lockAuditHead, {});
    if (head === undefined) throw new Error('Neo4j returned no head of the audit chain');
    const mark = `${draft.operation}/${draft.phase}`;
    // The transaction is repeated when its answer got lost; then the entry is there already.
    if (head.mark === mark) return;
    const sequence = head.sequence + 1;
    const facts = {
      id: entryId(sequence),
      at: this.now().toISOString(),
      actor: principal.name,
      tokenId: principal.tokenId,
      role: principal.role,
      action: draft.action,
      subject: redactText(draft.subject).slice(0, longestText),
      operation: draft.operation,
      phase: draft.phase,
      details,
      previousHash: head.hash,
    };
    await tx.run(appendAuditEntry, { ...facts, hash: hashEntry(facts), sequence, mark });
  }
}
