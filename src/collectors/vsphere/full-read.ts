import { z } from 'zod';
import { isEntityKind, type EntityKind } from '../../graph/model/index.js';
import type { CollectorPage, Omission, RawObject } from '../contract.js';
import { VimFaultError } from './errors.js';
import { stepsTo } from './inventory-walk.js';
import { kindOf, kindOfType } from './kind-of-type.js';
import { fullPaths, type ManagedObjectType } from './paths.js';
import { retrieve, retrieveNext, type RetrievedPage } from './property-collector.js';
import { omissionsOf } from './raw-object.js';
import type { VsphereSession } from './session.js';

/**
 * One read after the other, in the order of `vsphereTypes`. Types that the source takes for
 * subclasses of one another are read together, or it would give them twice.
 */
const reads: readonly (readonly ManagedObjectType[] | 'tags')[] = [
  ['Folder', 'StoragePod'],
  ['Datacenter'],
  'tags',
  ['ClusterComputeResource', 'ComputeResource'],
  ['Datastore'],
  ['DistributedVirtualSwitch', 'VmwareDistributedVirtualSwitch'],
  ['HostSystem'],
  ['Network', 'OpaqueNetwork', 'DistributedVirtualPortgroup'],
  ['ResourcePool', 'VirtualApp'],
  ['VirtualMachine'],
];

/** The place in a full read. JSON, so that the engine can keep it. */
export const vsphereCursor = z.object({
  /** Number of the read that goes on. */
  read: z.int().min(0),
  /** Leads to the next page of it; without one the read begins. */
  token: z.string().optional(),
  /** Session that issued the token: in another one it leads nowhere. */
  session: z.string().optional(),
  /** Objects by kind in reads that have ended. */
  counts: z.record(z.string(), z.number()),
  /** Objects by kind in this read so far. */
  counting: z.record(z.string(), z.number()),
  /** Place in the stream of changes at which the read began. */
  since: z.string(),
});
export type VsphereCursor = z.infer<typeof vsphereCursor>;

type Counts = Readonly<Record<string, number>>;

const kindsOf = (types: (typeof reads)[number]): readonly EntityKind[] => {
  if (types === 'tags') return ['Tag'];
  const kinds = types.map(kindOfType);
  return kinds.includes('VirtualMachine') ? [...kinds, 'Template'] : kinds;
};

function counted(counts: Counts, objects: readonly RawObject[]): Counts {
  const sum: Record<string, number> = { ...counts };
  const add = (kind: EntityKind, number: number): void => {
    sum[kind] = (sum[kind] ?? 0) + number;
  };
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind !== undefined) add(kind, 1);
    if (object.type === 'HostSystem') add('Switch', standardSwitches(object));
  }
  return sum;
}

const named = z.array(z.object({ name: z.string().trim().min(1) })).catch([]);

/** Switches have two origins: distributed ones are objects of the source, others part of a host. */
const standardSwitches = (host: RawObject): number =>
  new Set(named.parse(host.body['config.network.vswitch']).map(({ name }) => name)).size;

const added = (counts: Counts, more: Counts): Counts => {
  const sum: Record<string, number> = { ...counts };
  for (const [kind, number] of Object.entries(more)) sum[kind] = (sum[kind] ?? 0) + number;
  return sum;
};

const total = (counts: Counts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

interface ReadPage {
  readonly objects: readonly RawObject[];
  readonly omissions: readonly Omission[];
  readonly token: string | undefined;
  /** False where the read could not see all objects of its kinds. */
  readonly whole: boolean;
}

/** The token is unknown to the source: its session ended, or the source forgot it. */
const isStaleToken = (error: unknown): boolean =>
  error instanceof VimFaultError &&
  ['NotAuthenticated', 'InvalidProperty', 'InvalidArgument'].includes(error.fault);

async function retrievePage(
  session: VsphereSession,
  types: readonly ManagedObjectType[],
  token: string | undefined,
  signal: AbortSignal,
): Promise<RetrievedPage> {
  const { client, configuration } = session;
  if (token !== undefined) return await retrieveNext(client, token, signal);
  const paths = Object.fromEntries(types.map((type) => [type, fullPaths[type]]));
  const filter = { paths, objects: [client.content.rootFolder], steps: stepsTo(types) };
  return await retrieve(client, filter, configuration.pageSize, signal);
}

async function readObjects(
  session: VsphereSession,
  types: readonly ManagedObjectType[],
  token: string | undefined,
  signal: AbortSignal,
): Promise<ReadPage> {
  const page = await retrievePage(session, types, token, signal);
  const enriched = await session.enrich(page.objects, signal);
  const omissions = page.objects.flatMap((content) => omissionsOf(content, session.saidBefore));
  return {
    objects: enriched.objects,
    omissions: [...omissions, ...enriched.omissions],
    token: page.token,
    whole: true,
  };
}

async function readTagPage(
  session: VsphereSession,
  token: string | undefined,
  signal: AbortSignal,
): Promise<ReadPage> {
  const { tags } = await session.surroundings(signal);
  const start = Number(token ?? 0);
  const end = start + session.configuration.pageSize;
  return {
    objects: tags.objects.slice(start, end),
    omissions: start === 0 ? tags.omissions : [],
    token: end < tags.objects.length ? String(end) : undefined,
    whole: tags.complete,
  };
}

async function readPage(
  session: VsphereSession,
  cursor: VsphereCursor,
  signal: AbortSignal,
): Promise<{ page: ReadPage; restarted: boolean }> {
  const types = reads[cursor.read] ?? [];
  const read = async (token: string | undefined): Promise<ReadPage> =>
    types === 'tags'
      ? await readTagPage(session, token, signal)
      : await readObjects(session, types, token, signal);
  const foreign = cursor.token !== undefined && cursor.session !== session.client.session;
  if (cursor.token === undefined || foreign)
    return { page: await read(undefined), restarted: true };
  try {
    return { page: await read(cursor.token), restarted: false };
  } catch (error) {
    if (!isStaleToken(error)) throw error;
    return { page: await read(undefined), restarted: true };
  }
}

function advanced(
  session: VsphereSession,
  cursor: VsphereCursor,
  page: ReadPage,
  restarted: boolean,
): VsphereCursor {
  const counting = counted(restarted ? {} : cursor.counting, page.objects);
  const { since, counts } = cursor;
  if (page.token !== undefined) {
    const { session: key } = session.client;
    return {
      read: cursor.read,
      token: page.token,
      ...(key === undefined ? {} : { session: key }),
      counts,
      counting,
      since,
    };
  }
  const zeros = Object.fromEntries(kindsOf(reads[cursor.read] ?? []).map((kind) => [kind, 0]));
  // A kind counts as seen only when its read ended without a token.
  const ended = page.whole ? added(counts, added(zeros, counting)) : counts;
  return { read: cursor.read + 1, counts: ended, counting: {}, since };
}

const proven = (counts: Counts): Partial<Record<EntityKind, number>> =>
  Object.fromEntries(Object.entries(counts).filter(([kind]) => isEntityKind(kind)));

/**
 * The next page of a full read. A token of another session is not tried: its read begins anew,
 * and what it gave before comes again.
 */
export async function nextPage(
  session: VsphereSession,
  given: VsphereCursor | undefined,
  signal: AbortSignal,
): Promise<CollectorPage<VsphereCursor>> {
  const changes = await session.changes(signal);
  let cursor: VsphereCursor = given ?? {
    read: 0,
    counts: {},
    counting: {},
    since: changes.place,
  };
  while (cursor.read < reads.length) {
    const { page, restarted } = await readPage(session, cursor, signal);
    cursor = advanced(session, cursor, page, restarted);
    if (page.objects.length > 0 || page.omissions.length > 0) {
      const seen = total(cursor.counts) + total(cursor.counting);
      const { objects, omissions } = page;
      return {
        type: 'page',
        objects,
        omissions,
        cursor,
        remaining: Math.max(changes.total - seen, 0),
      };
    }
  }
  return { type: 'done', proof: { counts: proven(cursor.counts), since: cursor.since } };
}
