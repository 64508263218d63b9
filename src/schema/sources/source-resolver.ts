import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { setTimeout as sleep } from 'node:timers/promises';
import { SourceKind } from '../../collectors/contract.js';
import { listSyncs } from '../../collectors/engine/index.js';
import { SourceError } from '../../collectors/sources/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { attempt } from '../mutations/attempt.js';
import { listSize } from '../paging/page-request.js';
import {
  RemovedSourcePayload,
  Source,
  SourcePayload,
  Sync,
  VerifiedSourcePayload,
} from './source-types.js';
import { sourceIdFrom } from './source-id.js';
import { sourceView, syncView, verifiedView } from './source-view.js';

type Fields = Readonly<Record<string, unknown>>;

/** A sync that cannot begin, since the source is a draft for instance, is refused within this time. */
const soonRefusedMs = 300;

const kindOf = (name: string): SourceKind => {
  const kind = Object.values(SourceKind).find((known) => known === name);
  if (kind !== undefined) return kind;
  throw new SourceError({
    code: 'source.kind.unknown',
    what: 'There is no such kind of source',
    subject: name,
    why: `the kinds are ${Object.values(SourceKind).join(', ')}`,
    remedy: 'Take one of them',
    retryable: false,
  });
};

/** Sources: adding them under verification, reading them, and what their reads found. */
@Resolver()
export class SourceResolver {
  @Query(() => [Source], { description: 'Sources in the order of their names, drafts included.' })
  @NeedsRole('viewer')
  async sources(@Ctx() { services }: ApiContext): Promise<Source[]> {
    return (await services.sources.list()).map(sourceView);
  }

  @Query(() => Source)
  @NeedsRole('viewer')
  async source(@Ctx() { services }: ApiContext, @Arg('id', () => ID) id: string): Promise<Source> {
    return sourceView(await services.sources.get(id));
  }

  @Query(() => [Sync], { description: 'Reads of a source, newest first.' })
  @NeedsRole('viewer')
  async syncs(
    @Ctx() { graph, largestPage, signal }: ApiContext,
    @Arg('source', () => ID) source: string,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('before', () => Int, {
      nullable: true,
      defaultValue: null,
      description: 'Number of the last one of the page before.',
    })
    before: number | null,
  ): Promise<Sync[]> {
    const limit = listSize(first, largestPage);
    const page = { source, before: before ?? Number.MAX_SAFE_INTEGER, limit };
    return (await graph.read(listSyncs, page, { signal })).map(syncView);
  }

  @Mutation(() => VerifiedSourcePayload, {
    description:
      'Looks at a source and keeps it as a draft for a day: certificate, version, privileges. Nothing is collected yet.',
  })
  @NeedsRole('admin')
  draftSource(
    @Ctx() context: ApiContext,
    @Arg('name', () => String) name: string,
    @Arg('kind', () => String, { description: 'vsphere, kubevirt or rvtools.' }) kind: string,
    @Arg('configuration', () => GraphQLJSONObject, {
      description: 'Fields of that kind, such as address, username and password.',
    })
    configuration: Fields,
    @Arg('id', () => ID, {
      nullable: true,
      defaultValue: null,
      description: 'Begins the ids of all its objects. Left out, it is made from the name.',
    })
    id: string | null,
  ): Promise<VerifiedSourcePayload> {
    const { sources } = context.services;
    return attempt(
      context,
      { action: 'draftSource', subject: name, details: { kind } },
      async () => {
        // A draft of that name is replaced, so its id is free.
        const kept = (await sources.list()).filter(
          (source) => source.state !== 'draft' || source.name !== name,
        );
        const taken = new Set(kept.map((source) => source.id));
        const chosen = id ?? sourceIdFrom(name, taken);
        const source = await sources.draft({ id: chosen, name, kind: kindOf(kind), configuration });
        const verification = await sources.verify(chosen, context.signal);
        return verifiedView({ source, verification });
      },
    );
  }

  @Mutation(() => VerifiedSourcePayload, { description: 'Looks at a stored source again.' })
  @NeedsRole('admin')
  verifySource(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
  ): Promise<VerifiedSourcePayload> {
    const { sources } = context.services;
    return attempt(context, { action: 'verifySource', subject: id }, async () =>
      verifiedView({
        source: await sources.get(id),
        verification: await sources.verify(id, context.signal),
      }),
    );
  }

  @Mutation(() => VerifiedSourcePayload, {
    description: 'Makes a verified draft permanent and starts to collect it.',
  })
  @NeedsRole('admin')
  saveSource(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
    @Arg('acceptFingerprint', () => String, {
      nullable: true,
      defaultValue: null,
      description: 'SHA-256 of the certificate that a person compared and accepts.',
    })
    acceptFingerprint: string | null,
  ): Promise<VerifiedSourcePayload> {
    const { sources } = context.services;
    const action = { action: 'saveSource', subject: id, details: { acceptFingerprint } };
    return attempt(context, action, async () => {
      const accepted = acceptFingerprint ?? undefined;
      return verifiedView(await sources.save(id, accepted, context.signal));
    });
  }

  @Mutation(() => VerifiedSourcePayload, {
    description: 'Changes fields of a source, such as its password, after verifying them.',
  })
  @NeedsRole('admin')
  reconfigureSource(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
    @Arg('configuration', () => GraphQLJSONObject, { description: 'Only the fields to change.' })
    configuration: Fields,
  ): Promise<VerifiedSourcePayload> {
    const { sources } = context.services;
    const details = { fields: Object.keys(configuration) };
    return attempt(context, { action: 'reconfigureSource', subject: id, details }, async () =>
      verifiedView(await sources.change(id, { configuration }, context.signal)),
    );
  }

  @Mutation(() => SourcePayload, {
    description: 'Reads a source in full now. syncProgress tells how far it is.',
  })
  @NeedsRole('operator')
  startSync(
    @Ctx() context: ApiContext,
    @Arg('source', () => ID) id: string,
    @Arg('confirmRemovals', () => Boolean, {
      defaultValue: false,
      description: 'A person has seen what the last sync held back and wants it removed.',
    })
    confirmRemovals: boolean,
  ): Promise<SourcePayload> {
    const { sources, supervisor } = context.services;
    const action = { action: 'startSync', subject: id, details: { confirmRemovals } };
    return attempt(context, action, async () => {
      const source = await sources.get(id);
      // The read takes minutes; how it ends is recorded with the sync and told by events.
      const begun = supervisor.sync(id, { confirmRemovals });
      await Promise.race([begun, sleep(soonRefusedMs)]);
      begun.catch(() => undefined);
      return { source: sourceView(source) };
    });
  }

  @Mutation(() => RemovedSourcePayload, {
    description: 'Removes a source with all that was collected from it.',
  })
  @NeedsRole('admin')
  removeSource(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
  ): Promise<RemovedSourcePayload> {
    return attempt(context, { action: 'removeSource', subject: id }, async () => {
      await context.services.sources.remove(id);
      return { id };
    });
  }
}
