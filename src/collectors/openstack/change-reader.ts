import type { CollectorChange, RawObject } from '../contract.js';
import type { Query } from './client.js';
import {
  OpenstackAnswerError,
  OpenstackForbiddenError,
  OpenstackManyGoneError,
  OpenstackNotFoundError,
} from './errors.js';
import { idOf, listAll, type Item } from './list-page.js';
import { readSteps, stepsOf, type ReadStep } from './read-steps.js';
import type { OpenstackSession } from './session.js';

/** More removals at once than these are left to a full read, which asks a person about them. */
const numberAllowed = 10;
const shareAllowed = 0.2;
/** More machines than these are not read again one by one. */
const mostSingleReads = 50;

/** The pause after a comparison, in times that it took. */
const restAfterCompare = 3;

const deletedStates: ReadonlySet<unknown> = new Set(['DELETED', 'SOFT_DELETED']);

const isDeleted = (step: ReadStep, item: Item): boolean =>
  step.type === 'server' && deletedStates.has(item.status);

const isRefused = (error: unknown): boolean =>
  error instanceof OpenstackForbiddenError || error instanceof OpenstackNotFoundError;

/** Reads what changed in a cloud, and remembers what else has to be read again because of it. */
export class ChangeReader {
  /** Machines and ports that a change of another object concerns. */
  private servers = new Set<string>();
  private ports = new Set<string>();
  /** Steps whose service refuses to say what changed, and when each is compared again. */
  private readonly silent = new Map<string, number>();

  constructor(
    private readonly session: OpenstackSession,
    private readonly signal: AbortSignal,
  ) {}

  /** What the services say changed since a moment. */
  async announced(since: string): Promise<CollectorChange[]> {
    const changes: CollectorChange[] = [];
    for (const step of readSteps) {
      if (step.changes === undefined || !(await this.isWatched(step))) continue;
      const { leastMinor, queries } = step.changes;
      if (
        leastMinor !== undefined &&
        !(await this.session.client.atLeast(step.service, leastMinor, this.signal))
      )
        continue;
      changes.push(...(await this.changesOf(step, queries(since))));
    }
    return changes;
  }

  /** Where the service refuses the question, which depends on its version, the list is compared. */
  private async changesOf(step: ReadStep, queries: readonly Query[]): Promise<CollectorChange[]> {
    if (this.silent.has(step.name)) return this.comparedInTurn(step);
    const changes: CollectorChange[] = [];
    try {
      for (const query of queries) {
        for await (const { items } of listAll(this.session.client, step, this.signal, query)) {
          changes.push(...items.flatMap((item) => this.take(step, item)));
        }
      }
    } catch (error) {
      if (!(error instanceof OpenstackAnswerError) || error.status !== 400) throw error;
      this.silent.set(step.name, 0);
      changes.push(...(await this.comparedInTurn(step)));
    }
    return changes;
  }

  /** A long list is compared more seldom, so that the service has most of the time for others. */
  private async comparedInTurn(step: ReadStep): Promise<CollectorChange[]> {
    const begun = performance.now();
    if (begun < (this.silent.get(step.name) ?? 0)) return [];
    const changes = await this.compareStep(step);
    const took = performance.now() - begun;
    this.silent.set(step.name, performance.now() + took * restAfterCompare);
    return changes;
  }

  /** Everything, compared with what was read before. What is missing is looked for once more. */
  async compared(): Promise<CollectorChange[]> {
    const changes: CollectorChange[] = [];
    for (const step of readSteps) {
      if (!(await this.session.serves(step, this.signal))) continue;
      try {
        changes.push(...(await this.compareStep(step)));
      } catch (error) {
        // What may not be read was said by the full read; others go on.
        if (!isRefused(error)) throw error;
      }
    }
    return changes;
  }

  /** Machines and ports that changes of others concern. */
  async concerned(): Promise<CollectorChange[]> {
    const changes: CollectorChange[] = [];
    for (const [type, ids] of [
      ['port', this.ports],
      ['server', this.servers],
    ] as const) {
      const [step] = stepsOf(type);
      if (step === undefined) continue;
      if (ids.size > mostSingleReads) changes.push(...(await this.compareStep(step)));
      else for (const id of ids) changes.push(...(await this.again(step, id)));
    }
    this.servers = new Set();
    this.ports = new Set();
    return changes;
  }

  private async isWatched(step: ReadStep): Promise<boolean> {
    return this.session.known.has(step.name) && (await this.session.serves(step, this.signal));
  }

  private take(step: ReadStep, item: Item): CollectorChange[] {
    const id = idOf(step, item);
    if (id === undefined) return [];
    if (isDeleted(step, item)) return this.removed(step, id);
    this.noteConcerned(step, id, item);
    const object = this.session.complete(step, item);
    return object === undefined ? [] : this.changed(step, object);
  }

  private changed(step: ReadStep, object: RawObject): CollectorChange[] {
    return this.session.notice(step, object) ? [{ type: 'changed', object }] : [];
  }

  private removed(step: ReadStep, externalId: string): CollectorChange[] {
    const hashes = this.session.known.get(step.name);
    if (hashes?.delete(externalId) !== true) return [];
    if (step.type === 'server') {
      for (const port of this.session.around.portsOf(externalId)) this.ports.add(port);
    }
    if (step.type === 'port') this.noteServerOfPort(externalId);
    this.session.around.forget(step.type, externalId);
    return [{ type: 'removed', objectType: step.type, externalId }];
  }

  /** Before the object is noted: what it was attached to until now counts too. */
  private noteConcerned(step: ReadStep, id: string, item: Item): void {
    if (step.type === 'port') {
      this.noteServerOfPort(id);
      if (typeof item.device_id === 'string') this.noteServer(item.device_id);
    }
    if (step.type === 'volume' && Array.isArray(item.attachments)) {
      for (const attachment of item.attachments as readonly unknown[]) {
        if (typeof attachment === 'object' && attachment !== null && 'server_id' in attachment) {
          this.noteServer(attachment.server_id);
        }
      }
    }
  }

  private noteServerOfPort(port: string): void {
    this.noteServer(this.session.around.port(port)?.device);
  }

  private noteServer(id: unknown): void {
    // Devices of ports may be routers and load balancers, too.
    if (typeof id === 'string' && this.session.known.get('server')?.has(id) === true) {
      this.servers.add(id);
    }
  }

  private async compareStep(step: ReadStep): Promise<CollectorChange[]> {
    const before = new Set(this.session.known.get(step.name)?.keys());
    if (!this.session.known.has(step.name)) this.session.known.set(step.name, new Map());
    const changes: CollectorChange[] = [];
    const count = before.size;
    let restricted = false;
    for await (const page of listAll(this.session.client, step, this.signal)) {
      restricted ||= page.restricted !== undefined;
      for (const item of page.items) {
        before.delete(idOf(step, item) ?? '');
        changes.push(...this.take(step, item));
      }
    }
    const whole = !restricted && (await this.session.isWhole(step, this.signal));
    if (before.size === 0 || !whole) return changes;
    if (before.size > numberAllowed && before.size > count * shareAllowed) {
      throw new OpenstackManyGoneError(step.path, before.size, count);
    }
    return [...changes, ...(await this.provenGone(step, before))];
  }

  /** A missing object is gone once the service says so when asked for it alone. */
  private async provenGone(
    step: ReadStep,
    missing: ReadonlySet<string>,
  ): Promise<CollectorChange[]> {
    if (step.one !== undefined) {
      const changes: CollectorChange[] = [];
      for (const id of missing) changes.push(...(await this.again(step, id)));
      return changes;
    }
    const gone = new Set(missing);
    for await (const { items } of listAll(this.session.client, step, this.signal)) {
      for (const item of items) gone.delete(idOf(step, item) ?? '');
    }
    return [...gone].flatMap((id) => this.removed(step, id));
  }

  /** One object as it is now. */
  private async again(step: ReadStep, id: string): Promise<CollectorChange[]> {
    if (step.one === undefined) return [];
    const { service, newestMinor } = step;
    const path = `${step.one.path}${encodeURIComponent(id)}`;
    try {
      const answer = await this.session.client.get({ service, path, newestMinor }, this.signal);
      const item = itemIn(answer, step.one.field);
      return item === undefined ? [] : this.take(step, item);
    } catch (error) {
      if (error instanceof OpenstackNotFoundError) return this.removed(step, id);
      if (error instanceof OpenstackForbiddenError) return [];
      throw error;
    }
  }
}

function itemIn(answer: unknown, field: string | undefined): Item | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const body: Item = { ...answer };
  if (field === undefined) return body;
  const wanted = body[field];
  return typeof wanted === 'object' && wanted !== null ? { ...wanted } : undefined;
}
