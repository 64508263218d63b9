import { createHash } from 'node:crypto';
import type { RawObject } from '../contract.js';
import { hasService } from './access/endpoints.js';
import type { Token } from './access/token.js';
import { OpenstackClient } from './client.js';
import type { OpenstackConfiguration } from './configuration.js';
import { complete } from './complete.js';
import { OpenstackForbiddenError, OpenstackNotFoundError } from './errors.js';
import { idOf, listAll, type Item } from './list-page.js';
import { readSteps, type ReadStep } from './read-steps.js';
import { Surroundings, surroundingTypes } from './surroundings.js';

/** Roles that see every project by the policies that services come with. */
const seesAll: ReadonlySet<string> = new Set(['admin', 'cloud_admin']);

/** Whether the services show the holder of a token the objects of every project. */
export const seesEveryProject = ({ roles }: Pick<Token, 'roles'>): boolean =>
  roles.some((role) => seesAll.has(role));

const hashOf = (object: RawObject): string =>
  createHash('sha1').update(JSON.stringify(object.body)).digest('base64').slice(0, 16);

/** One login at a cloud with what was learnt in it. */
export class OpenstackSession {
  readonly around = new Surroundings();
  /** Hashes of every object of a step that this session read from its first page on. */
  readonly known = new Map<string, Map<string, string>>();
  /** False where ports may not be read. */
  hasPorts = true;
  private begun = false;

  constructor(readonly client: OpenstackClient) {}

  /** Whether the account sees the objects of every project, or is not meant to. */
  async isWhole(step: ReadStep, signal: AbortSignal): Promise<boolean> {
    if (!step.perProject || this.client.configuration.visibility === 'account') return true;
    return seesEveryProject(await this.client.token(signal));
  }

  async serves(step: ReadStep, signal: AbortSignal): Promise<boolean> {
    if (step.service === 'identity') return true;
    return hasService(await this.client.token(signal), step.service);
  }

  /** Now, by the clock of the cloud. */
  async now(signal: AbortSignal): Promise<string> {
    const { clockSkewMs } = await this.client.token(signal);
    return new Date(Date.now() + clockSkewMs).toISOString();
  }

  /** The raw object of what the service gave; undefined for what has no id. */
  complete(step: ReadStep, item: Item): RawObject | undefined {
    const id = idOf(step, item);
    if (id === undefined) return undefined;
    return complete(step.type, id, item, { around: this.around, hasPorts: this.hasPorts });
  }

  /** Notes an object that was given out; false where it is as it was. */
  notice(step: ReadStep, object: RawObject): boolean {
    const hashes = this.known.get(step.name);
    const hash = hashOf(object);
    if (hashes?.get(object.externalId) === hash) return false;
    hashes?.set(object.externalId, hash);
    return true;
  }

  /** Before a read goes on that another session began: what later objects are completed with. */
  async catchUp(upTo: number, signal: AbortSignal): Promise<void> {
    if (this.begun) return;
    this.begun = true;
    for (const step of readSteps.slice(0, upTo + 1)) {
      if (!surroundingTypes.has(step.type) || !(await this.serves(step, signal))) continue;
      await this.noteAll(step, signal);
    }
  }

  private async noteAll(step: ReadStep, signal: AbortSignal): Promise<void> {
    try {
      for await (const { items } of listAll(this.client, step, signal)) {
        for (const item of items) this.complete(step, item);
      }
    } catch (error) {
      const refused =
        error instanceof OpenstackForbiddenError || error instanceof OpenstackNotFoundError;
      if (!refused) throw error;
      if (step.type === 'port') this.hasPorts = false;
    }
  }
}

/** Opens a session, runs the burst, and gives the login back whatever happens. */
export async function aroundSession<T>(
  configuration: OpenstackConfiguration,
  burst: (session: OpenstackSession) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  const client = new OpenstackClient(configuration);
  try {
    await client.token(signal);
    return await burst(new OpenstackSession(client));
  } finally {
    await client.close();
  }
}
