import type { Omission, RawObject } from '../contract.js';
import { AttachedTags, readTags } from './attached-tags.js';
import { ChangeStream } from './change-stream.js';
import type { VsphereConfiguration } from './configuration.js';
import { enrich, type Surroundings } from './enrich.js';
import { NotVsphereError } from './errors.js';
import { InventoryIndex } from './inventory-index.js';
import { retrieve } from './property-collector.js';
import { NetworkHints } from './network-hints.js';
import { rawObject, type SaidBefore } from './raw-object.js';
import { takeSession } from './session-slots.js';
import { customFields, type ObjectContent } from './soap/answers.js';
import { VimClient } from './vim-client.js';

const products = { vcenter: 'VirtualCenter', esxi: 'HostAgent' } as const;
/** Hosts that are asked for their neighbours at once; as many as there are connections. */
const hostsAtATime = 4;

/** @throws NotVsphereError where the address is a vCenter although a host was meant, or the reverse. */
export function requireProduct(client: VimClient): void {
  const expected = client.configuration.product;
  const { apiType, fullName } = client.content.about;
  if (expected === 'any' || products[expected] === apiType) return;
  throw new NotVsphereError(
    client.address,
    `it is ${fullName === '' ? `a ${apiType}` : fullName}, expected was ${expected === 'esxi' ? 'an ESXi host' : 'a vCenter'}`,
    'Correct the address, or say that any product is right',
  );
}

/** One login at a source with what was learnt in it. */
export class VsphereSession {
  readonly saidBefore: SaidBefore = new Set();
  private known: Promise<Surroundings> | undefined;
  private stream: Promise<ChangeStream> | undefined;
  private readonly hints: NetworkHints;

  constructor(readonly client: VimClient) {
    this.hints = new NetworkHints(client);
  }

  get configuration(): VsphereConfiguration {
    return this.client.configuration;
  }

  /** Announces changes from the first call on, whether somebody listens yet or not. */
  async changes(signal: AbortSignal): Promise<ChangeStream> {
    this.stream ??= ChangeStream.open(this.client, signal).catch((error: unknown) => {
      // The next call tries again.
      this.stream = undefined;
      throw error;
    });
    return await this.stream;
  }

  /** Names, tags and custom fields, read once a session. */
  async surroundings(signal: AbortSignal): Promise<Surroundings> {
    this.known ??= this.readSurroundings(signal).catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return await this.known;
  }

  /** Raw objects with what the source tells elsewhere, in the same order. */
  async enrich(
    contents: readonly ObjectContent[],
    signal: AbortSignal,
  ): Promise<{ readonly objects: readonly RawObject[]; readonly omissions: readonly Omission[] }> {
    const surroundings = await this.surroundings(signal);
    const objects: RawObject[] = [];
    const omissions: Omission[] = [];
    for (let start = 0; start < contents.length; start += hostsAtATime) {
      const part = contents
        .slice(start, start + hostsAtATime)
        .map((content) => enrich(rawObject(content), surroundings));
      const needsMore = part.some(({ type }) => type === 'HostSystem');
      const hinted = needsMore
        ? await Promise.all(part.map((object) => this.hints.addTo(object, signal)))
        : part.map((object) => ({ object, omissions: [] }));
      for (const each of hinted) {
        objects.push(each.object);
        omissions.push(...each.omissions);
      }
    }
    return { objects, omissions };
  }

  /** Ends the login. Never throws. */
  async close(): Promise<void> {
    const stream = await this.stream?.catch(() => undefined);
    await stream?.cancel();
    await this.client.close();
  }

  private async readSurroundings(signal: AbortSignal): Promise<Surroundings> {
    const { client, configuration } = this;
    const isVcenter = client.content.about.apiType === products.vcenter;
    return {
      index: await InventoryIndex.read(client, signal),
      // A single host knows no tags.
      tags: isVcenter
        ? await readTags(client.transport, configuration, signal)
        : new AttachedTags(),
      customFields: await readCustomFields(client, signal),
    };
  }
}

async function readCustomFields(
  client: VimClient,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const manager = client.content.customFieldsManager;
  if (manager === undefined) return new Map();
  const { objects } = await retrieve(
    client,
    { paths: { [manager.type]: ['field'] }, objects: [manager], steps: [] },
    1,
    signal,
  );
  const fields = customFields.safeParse(objects[0]?.propSet[0]?.val ?? []);
  return new Map(fields.success ? fields.data.map(({ key, name }) => [key, name]) : []);
}

/** Logs in, runs the burst, and logs out whatever happens. At most two at a time for one source. */
export async function aroundSession<T>(
  configuration: VsphereConfiguration,
  burst: (session: VsphereSession) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const { address, username } = configuration;
  const giveBack = await takeSession(`${username}@${address}`, signal);
  const session = new VsphereSession(new VimClient(configuration));
  try {
    await session.client.connect(signal);
    requireProduct(session.client);
    await session.client.login(signal);
    return await burst(session);
  } finally {
    await session.close();
    giveBack();
  }
}
