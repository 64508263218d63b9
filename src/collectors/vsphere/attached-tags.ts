import { z } from 'zod';
import type { Omission, RawObject } from '../contract.js';
import { VsphereAnswerError, VsphereError } from './errors.js';
import type { HttpTransport } from './http-transport.js';
import type { VsphereConfiguration } from './configuration.js';

// An empty list may come as null.
const list = <T>(item: z.ZodType<T>) =>
  z
    .array(item)
    .nullable()
    .transform((items) => items ?? []);
const ids = list(z.string());
const category = z.object({
  name: z.string(),
  cardinality: z.string().default(''),
});
type Category = z.infer<typeof category>;
const tag = z.object({
  name: z.string(),
  description: z.string().default(''),
  category_id: z.string(),
});
const associations = list(
  z.object({
    tag_id: z.string(),
    object_ids: list(z.object({ id: z.string(), type: z.string().default('') })),
  }),
);
const sessionId = z.string();
const wrapped = z.object({ value: z.unknown() });

/** Tags whose objects are asked for in one call, so that one answer stays small. */
const tagsInOneCall = 100;
/** The service tells of one tag a call; as many as there are connections. */
const callsAtATime = 4;
const logoutTimeoutMs = 10_000;

/** The two dialects of the tagging service: the one since 7.0, and the one before. */
interface Dialect {
  readonly session: string;
  readonly categories: string;
  readonly tags: string;
  readonly objects: string;
  one(collection: string, id: string): string;
  unwrap(answer: unknown): unknown;
}

const current: Dialect = {
  session: '/api/session',
  categories: '/api/cis/tagging/category',
  tags: '/api/cis/tagging/tag',
  objects: '/api/cis/tagging/tag-association?action=list-attached-objects-on-tags',
  one: (collection, id) => `${collection}/${encodeURIComponent(id)}`,
  unwrap: (answer) => answer,
};

const former: Dialect = {
  session: '/rest/com/vmware/cis/session',
  categories: '/rest/com/vmware/cis/tagging/category',
  tags: '/rest/com/vmware/cis/tagging/tag',
  objects: '/rest/com/vmware/cis/tagging/tag-association?~action=list-attached-objects-on-tags',
  one: (collection, id) => `${collection}/id:${encodeURIComponent(id)}`,
  unwrap: (answer) => wrapped.parse(answer).value,
};

/** Which tags are attached to which objects. */
export class AttachedTags {
  private readonly byObject = new Map<string, string[]>();

  constructor(
    /** One raw object a tag. */
    readonly objects: readonly RawObject[] = [],
    readonly omissions: readonly Omission[] = [],
  ) {}

  attach(object: string, tagId: string): void {
    const list = this.byObject.get(object);
    if (list === undefined) this.byObject.set(object, [tagId]);
    else list.push(tagId);
  }

  of(object: string): readonly string[] {
    return this.byObject.get(object) ?? [];
  }

  /** False where they could not be read: then no tag is known to be gone. */
  get complete(): boolean {
    return this.omissions.length === 0;
  }
}

/** An answer that says no: the service is off, or the account may not use it. */
class TagRefusal extends Error {
  constructor(
    readonly status: number,
    path: string,
  ) {
    super(`${path} answers with HTTP status ${status}`);
  }
}

/** A session of the tagging service, which is another one than that of vim25. */
class TagService {
  private token: string | undefined;
  private dialect = current;

  constructor(
    private readonly transport: HttpTransport,
    private readonly configuration: VsphereConfiguration,
    private signal: AbortSignal,
  ) {}

  async login(): Promise<void> {
    const { username, password } = this.configuration;
    const basic = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
    for (const dialect of [current, former]) {
      this.dialect = dialect;
      try {
        const answer = await this.call('POST', dialect.session, undefined, {
          authorization: `Basic ${basic}`,
        });
        this.token = sessionId.parse(answer);
        return;
      } catch (error) {
        const absent = error instanceof TagRefusal && [404, 405, 501].includes(error.status);
        if (!absent || dialect === former) throw error;
      }
    }
  }

  async logout(): Promise<void> {
    // What cannot be ended here ends by the server's own idle limit.
    if (this.token !== undefined) {
      this.signal = AbortSignal.timeout(logoutTimeoutMs);
      await this.call('DELETE', this.dialect.session).catch(() => undefined);
    }
  }

  async read(): Promise<AttachedTags> {
    const categories = new Map<string, Category>();
    for (const id of ids.parse(await this.call('GET', this.dialect.categories))) {
      const path = this.dialect.one(this.dialect.categories, id);
      categories.set(id, category.parse(await this.call('GET', path)));
    }
    const objects: RawObject[] = [];
    const all = ids.parse(await this.call('GET', this.dialect.tags));
    for (let start = 0; start < all.length; start += callsAtATime) {
      const some = all.slice(start, start + callsAtATime);
      objects.push(...(await Promise.all(some.map((id) => this.readTag(id, categories)))));
    }
    const attached = new AttachedTags(objects);
    await this.readAttachments(attached);
    return attached;
  }

  private async readTag(id: string, categories: ReadonlyMap<string, Category>): Promise<RawObject> {
    const path = this.dialect.one(this.dialect.tags, id);
    const { name, description, category_id } = tag.parse(await this.call('GET', path));
    const of = categories.get(category_id);
    return {
      type: 'Tag',
      externalId: id,
      body: { name, description, category: of?.name ?? '', cardinality: of?.cardinality ?? '' },
    };
  }

  private async readAttachments(attached: AttachedTags): Promise<void> {
    const all = attached.objects.map(({ externalId }) => externalId);
    for (let start = 0; start < all.length; start += tagsInOneCall) {
      const body = JSON.stringify({ tag_ids: all.slice(start, start + tagsInOneCall) });
      const answer = await this.call('POST', this.dialect.objects, body);
      for (const { tag_id, object_ids } of associations.parse(answer)) {
        for (const { id } of object_ids) attached.attach(id, tag_id);
      }
    }
  }

  private async call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<unknown> {
    let text = '';
    const { status } = await this.transport.call({
      name: path,
      method,
      path,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token === undefined ? {} : { 'vmware-api-session-id': this.token }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      signal: this.signal,
      silenceMs: this.configuration.timeoutSeconds * 1000,
      receive: (piece) => {
        text += piece;
      },
    });
    if (status >= 400) throw new TagRefusal(status, path);
    if (method === 'DELETE' || text === '') return undefined;
    return this.dialect.unwrap(JSON.parse(text));
  }
}

const omitted = (why: string): AttachedTags =>
  new AttachedTags([], [{ kind: 'Tag', what: 'tags and their attachments', why }]);

/**
 * Reads all tags with what they are attached to, in a session of its own that is ended at once.
 * Where the service is refused or absent the answer says so as an omission; a lost connection or a
 * busy server throws, since the next try may see them.
 */
export async function readTags(
  transport: HttpTransport,
  configuration: VsphereConfiguration,
  signal: AbortSignal,
): Promise<AttachedTags> {
  const service = new TagService(transport, configuration, signal);
  try {
    await service.login();
    return await service.read();
  } catch (error) {
    if (error instanceof TagRefusal) return omitted(error.message);
    if (error instanceof VsphereError || signal.aborted) throw error;
    throw new VsphereAnswerError(
      transport.address,
      'the tagging service',
      error instanceof Error ? error.message : String(error),
      { cause: error },
    );
  } finally {
    await service.logout();
  }
}
