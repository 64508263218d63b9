import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { roles, TokenError, type Role } from '../../server/access/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { attempt } from '../mutations/attempt.js';
import { listSize } from '../paging/page-request.js';
import { Moment } from '../scalars.js';
import { AuditEntry, AuditVerdict } from './audit-types.js';
import { CreatedTokenPayload, Me, RevokedTokenPayload, Token } from './token-types.js';

const roleNamed = (name: string): Role => {
  const role = roles.find((known) => known === name);
  if (role !== undefined) return role;
  throw new TokenError({
    code: 'access.role.unknown',
    what: 'There is no such role',
    subject: name,
    why: `the roles are ${roles.join(', ')}`,
    remedy: 'Take one of them',
    retryable: false,
  });
};

/** Who may do what, and who did what. */
@Resolver()
export class AdministrationResolver {
  @Query(() => Me, { description: 'Who makes this request.' })
  @NeedsRole('viewer')
  me(@Ctx() { principal }: ApiContext): Me {
    return principal;
  }

  @Query(() => [Token], {
    description: 'Tokens, revoked ones included, in the order of their ids.',
  })
  @NeedsRole('admin')
  tokens(
    @Ctx() context: ApiContext,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => ID, { nullable: true, defaultValue: null }) after: string | null,
  ): Promise<Token[]> {
    const page = {
      limit: listSize(first, context.largestPage),
      ...(after === null ? {} : { after }),
    };
    return context.services.access.list(page);
  }

  @Query(() => [AuditEntry], { description: 'The audit, newest first.' })
  @NeedsRole('admin')
  audit(
    @Ctx() context: ApiContext,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('before', () => ID, {
      nullable: true,
      defaultValue: null,
      description: 'Last entry of the page before.',
    })
    before: string | null,
    @Arg('actor', () => String, { nullable: true, defaultValue: null }) actor: string | null,
    @Arg('subject', () => String, { nullable: true, defaultValue: null }) subject: string | null,
    @Arg('action', () => String, { nullable: true, defaultValue: null }) action: string | null,
  ): Promise<AuditEntry[]> {
    return context.services.audit.entries({
      limit: listSize(first, context.largestPage),
      ...(before === null ? {} : { before }),
      ...(actor === null ? {} : { actor }),
      ...(subject === null ? {} : { subject }),
      ...(action === null ? {} : { action }),
    });
  }

  @Query(() => AuditVerdict, {
    description: 'Recomputes the hash of every entry of the audit, from the first to the last.',
  })
  @NeedsRole('admin')
  auditVerdict(@Ctx() { services }: ApiContext): Promise<AuditVerdict> {
    return services.audit.verifyChain();
  }

  @Mutation(() => CreatedTokenPayload, { description: 'Makes a token for a person or a program.' })
  @NeedsRole('admin')
  createToken(
    @Ctx() context: ApiContext,
    @Arg('name', () => String, { description: 'Who or what will hold it.' }) name: string,
    @Arg('role', () => String) role: string,
    @Arg('expiresAt', () => Moment, { nullable: true, defaultValue: null })
    expiresAt: string | null,
  ): Promise<CreatedTokenPayload> {
    const { access } = context.services;
    const action = { action: 'createToken', subject: name, details: { role, expiresAt } };
    return attempt(context, action, async () => {
      const until = expiresAt === null ? {} : { expiresAt: new Date(expiresAt) };
      const createdBy = context.principal.name;
      const made = await access.create({ name, role: roleNamed(role), createdBy, ...until });
      return { text: made.text, token: made.facts };
    });
  }

  @Mutation(() => RevokedTokenPayload, { description: 'From now on the token is refused.' })
  @NeedsRole('admin')
  revokeToken(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
  ): Promise<RevokedTokenPayload> {
    return attempt(context, { action: 'revokeToken', subject: id }, async () => ({
      token: await context.services.access.revoke(id),
    }));
  }
}
