import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Graph } from '../../graph/index.js';
import { ForbiddenError, TokenError, UnauthenticatedError } from './access-error.js';
import { includesRole, type Role } from './role.js';
import {
  countActiveAdmins,
  createToken,
  listTokens,
  revokeToken,
  tokenByHash,
} from './token-queries.js';
import { bearerToken, equalHashes, hashToken, makeTokenText } from './token-text.js';

/** Who makes a request. */
export interface Principal {
  readonly name: string;
  readonly role: Role;
  readonly tokenId: string;
}

/** What is known of a token; its text is known to its holder alone. Times are ISO 8601 in UTC. */
export interface TokenFacts {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

export interface NewToken {
  /** Who or what will hold it: shown in the audit. */
  readonly name: string;
  readonly role: Role;
  readonly createdBy: string;
  /** Left out, the token is valid until it is revoked. */
  readonly expiresAt?: Date;
}

/** A request costs no query while its token was seen this recently, so a revocation elsewhere takes as long. */
const cacheMs = 10_000;
const cachedTokens = 10_000;
const longestName = 200;

interface CachedToken {
  readonly principal: Principal;
  readonly expiresAt: string | null;
}

/** Tokens and roles. One instance a process. */
export class Access {
  private readonly seen = new LRUCache<string, CachedToken>({ max: cachedTokens, ttl: cacheMs });

  constructor(
    private readonly graph: Graph,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * @param authorizationHeader the value of the header, `Bearer opal_…`.
   * @throws UnauthenticatedError when it holds no valid token.
   */
  async authenticate(authorizationHeader: string | undefined): Promise<Principal> {
    const token = bearerToken(authorizationHeader);
    if (token === undefined) throw new UnauthenticatedError();
    const hash = hashToken(token);
    const known = this.seen.get(hash) ?? (await this.lookUp(hash));
    if (known === undefined || this.isPast(known.expiresAt)) throw new UnauthenticatedError();
    return known.principal;
  }

  /** Makes a token. Its text is returned this once and stored nowhere. */
  async create(token: NewToken): Promise<{ readonly text: string; readonly facts: TokenFacts }> {
    const text = makeTokenText();
    return { text, facts: await this.register(text, token) };
  }

  /** Stores the digest of a token whose text exists already. */
  async register(text: string, token: NewToken): Promise<TokenFacts> {
    this.checkNewToken(token);
    const [facts] = await this.graph.write(createToken, {
      id: randomUUID(),
      name: token.name,
      role: token.role,
      hash: hashToken(text),
      createdAt: this.now().toISOString(),
      createdBy: token.createdBy,
      expiresAt: token.expiresAt?.toISOString() ?? null,
    });
    if (facts === undefined) throw new Error('Neo4j returned no row for a token it stored');
    return facts;
  }

  /** True when the text belongs to a token in the graph, whatever became of it. */
  async isRegistered(text: string): Promise<boolean> {
    return (await this.graph.read(tokenByHash, { hash: hashToken(text) })).length > 0;
  }

  async hasActiveAdmin(): Promise<boolean> {
    const [row] = await this.graph.read(countActiveAdmins, { now: this.now().toISOString() });
    return (row?.tokens ?? 0) > 0;
  }

  /** A page of tokens in the order of their ids, revoked ones included. */
  list(page: { readonly after?: string; readonly limit: number }): Promise<TokenFacts[]> {
    return this.graph.read(listTokens, { after: page.after ?? '', limit: page.limit });
  }

  /**
   * From now on the token is refused, here at once and by other processes within seconds.
   *
   * @throws TokenError when there is none of that id.
   */
  async revoke(id: string): Promise<TokenFacts> {
    const [row] = await this.graph.write(revokeToken, { id, revokedAt: this.now().toISOString() });
    if (row === undefined) {
      throw new TokenError({
        code: 'access.token.unknown',
        what: 'There is no such token',
        subject: id,
        why: 'no token has this id',
        remedy: 'List the tokens and use an id from the list',
        retryable: false,
      });
    }
    const { hash, ...facts } = row;
    this.seen.delete(hash);
    return facts;
  }

  private async lookUp(hash: string): Promise<CachedToken | undefined> {
    const [row] = await this.graph.read(tokenByHash, { hash });
    if (row === undefined || !equalHashes(row.hash, hash)) return undefined;
    if (row.revokedAt !== null) return undefined;
    const { id, name, role, expiresAt } = row;
    const found = { principal: { name, role, tokenId: id }, expiresAt };
    this.seen.set(hash, found);
    return found;
  }

  private isPast(time: string | null): boolean {
    return time !== null && Date.parse(time) <= this.now().getTime();
  }

  private checkNewToken({ name, expiresAt }: NewToken): void {
    const refuse = (why: string, remedy: string): never => {
      throw new TokenError({
        code: 'access.token.refused',
        what: 'The token cannot be made',
        subject: name.slice(0, longestName),
        why,
        remedy,
        retryable: false,
      });
    };
    if (name.trim() === '' || name.length > longestName) {
      refuse('its name is empty or too long', `Give 1 to ${String(longestName)} characters`);
    }
    if (expiresAt !== undefined && !(expiresAt.getTime() > this.now().getTime())) {
      refuse('it would have expired already', 'Give a time in the future');
    }
  }
}

/** @throws ForbiddenError when the principal's role is below the one that is needed. */
export function requireRole(principal: Principal, needed: Role): void {
  if (includesRole(principal.role, needed)) return;
  throw new ForbiddenError(principal.name, principal.role, needed);
}
