import { setTimeout as sleep } from 'node:timers/promises';
import {
  nameOfKey,
  resources,
  type KubernetesObject,
  type ObjectChange,
  type ResourceName,
  type WatchRequest,
} from '../../kubernetes/index.js';
import type { ChangeBurst, CollectorChange } from '../contract.js';
import { claimsOf, complete } from './complete.js';
import { merge } from './merge.js';
import { formatPlace, parsePlace } from './place.js';
import { companionResources, readSteps, type ReadStep } from './raw.js';
import { readCluster } from './read-cluster.js';
import type { KubevirtSession } from './session.js';

/** Pods come and go all the time, so that what they ask of nodes is summed up at intervals. */
const requestedEveryMs = 300_000;

interface Tick {
  readonly type: 'requested';
}

interface ResourceChange {
  readonly type: 'resource';
  readonly resource: ResourceName;
  readonly change: ObjectChange;
}

const stepOf = (resource: ResourceName): ReadStep | undefined =>
  readSteps.find((step) => step.resource === resource);

/** Turns what the API announces into changes of raw objects, companions included. */
class ChangeReader {
  private readonly machineOfClaim = new Map<string, string>();

  constructor(
    private readonly session: KubevirtSession,
    private readonly signal: AbortSignal,
  ) {}

  async read(event: ResourceChange | Tick): Promise<readonly CollectorChange[]> {
    if (event.type === 'requested') return this.allNodes();
    const { resource, change } = event;
    if (change.type === 'upToDate') return [];
    const key = change.type === 'removed' ? change.key : this.keyOf(change.object);
    const object = change.type === 'removed' ? undefined : change.object;
    return [
      ...(await this.own(resource, key, object)),
      ...(await this.others(resource, key, object)),
    ];
  }

  private keyOf({ metadata }: KubernetesObject): string {
    return metadata.namespace === undefined
      ? metadata.name
      : `${metadata.namespace}/${metadata.name}`;
  }

  private async own(
    resource: ResourceName,
    key: string,
    object: KubernetesObject | undefined,
  ): Promise<readonly CollectorChange[]> {
    const step = stepOf(resource);
    if (step === undefined) return [];
    if (object === undefined) return [{ type: 'removed', objectType: step.kind, externalId: key }];
    if (step.kind === 'VirtualMachine') this.noteClaims(key, object);
    return [
      { type: 'changed', object: await complete(this.session, step.kind, object, this.signal) },
    ];
  }

  /** Objects that a change of another one concerns. */
  private async others(
    resource: ResourceName,
    key: string,
    object: KubernetesObject | undefined,
  ): Promise<readonly CollectorChange[]> {
    const { companions } = this.session;
    switch (resource) {
      case 'virtualMachineInstance':
        await companions.instances.note(key, object, this.signal);
        return this.again('virtualMachine', key);
      case 'persistentVolumeClaim': {
        await companions.claims.note(key, object, this.signal);
        const machine = this.machineOfClaim.get(key);
        return machine === undefined ? [] : this.again('virtualMachine', machine);
      }
      case 'storageProfile':
        await companions.profiles.note(key, object, this.signal);
        return this.again('storageClass', key);
      case 'nodeNetworkState':
        await companions.networkStates.note(key, object, this.signal);
        return this.again('node', key);
      case 'kubeVirt':
      case 'cdi':
        return [{ type: 'changed', object: (await readCluster(this.session, this.signal)).object }];
      default:
        return [];
    }
  }

  private async again(resource: ResourceName, key: string): Promise<readonly CollectorChange[]> {
    const step = stepOf(resource);
    const object = await this.session.cluster.get(resources[resource], nameOfKey(key), this.signal);
    // One that is gone is announced by the watch of its own resource.
    if (step === undefined || object === undefined) return [];
    return [
      { type: 'changed', object: await complete(this.session, step.kind, object, this.signal) },
    ];
  }

  private async allNodes(): Promise<readonly CollectorChange[]> {
    const { companions, cluster } = this.session;
    companions.requested.forget();
    companions.capacities.forget();
    const changes: CollectorChange[] = [];
    for await (const page of cluster.pages(resources.node, { signal: this.signal })) {
      for (const object of page.objects) {
        const node = await complete(this.session, 'Node', object, this.signal);
        changes.push({ type: 'changed', object: node });
      }
    }
    return changes;
  }

  private noteClaims(key: string, machine: KubernetesObject): void {
    const { namespace } = nameOfKey(key);
    for (const claim of claimsOf(machine)) {
      this.machineOfClaim.set(`${namespace ?? ''}/${claim}`, key);
    }
  }
}

async function* tagged(
  resource: ResourceName,
  changes: AsyncIterable<ObjectChange>,
): AsyncGenerator<ResourceChange> {
  for await (const change of changes) yield { type: 'resource', resource, change };
}

async function* ticks(signal: AbortSignal): AsyncGenerator<Tick> {
  const stopped = (): boolean => signal.aborted;
  while (!stopped()) {
    // An aborted wait is the end of the watch and no failure.
    await sleep(requestedEveryMs, undefined, { signal }).catch(() => undefined);
    if (!stopped()) yield { type: 'requested' };
  }
}

const watched: readonly ResourceName[] = [
  ...new Set<ResourceName>([...readSteps.map((step) => step.resource), ...companionResources]),
];

type WatchStart = Pick<WatchRequest, 'since' | 'known'>;

/**
 * Where the watch of a resource begins; undefined where it is not watched, because it was not read
 * for want of a right or of the resource itself.
 */
async function startOf(
  session: KubevirtSession,
  resource: ResourceName,
  since: string | undefined,
  signal: AbortSignal,
): Promise<WatchStart | undefined> {
  if (stepOf(resource) !== undefined) {
    const known = session.known.get(resource);
    if (since === undefined) return undefined;
    return { since, ...(known === undefined ? {} : { known }) };
  }
  if (!(await session.serves(resource, signal))) return undefined;
  const { instances, profiles, networkStates } = session.companions;
  const tables: Partial<Record<ResourceName, typeof instances>> = {
    virtualMachineInstance: instances,
    storageProfile: profiles,
    nodeNetworkState: networkStates,
  };
  const table = tables[resource];
  if (table === undefined) return {};
  await table.rows(signal);
  return table.place;
}

/**
 * Changes after the given place; see `Collector.watch`.
 *
 * @param levelCheckMs - Time between two comparisons with the full list; see `WatchRequest`.
 */
export async function* watchChanges(
  session: KubevirtSession,
  since: string,
  signal: AbortSignal,
  levelCheckMs?: number,
): AsyncGenerator<ChangeBurst> {
  const place = parsePlace(since);
  const reader = new ChangeReader(session, signal);
  const end = new AbortController();
  const both = AbortSignal.any([signal, end.signal]);
  const streams: AsyncIterable<ResourceChange | Tick>[] = [ticks(both)];
  for (const resource of watched) {
    const start = await startOf(session, resource, place[resource], signal);
    if (start === undefined) continue;
    const changes = session.cluster.watch(resources[resource], {
      ...start,
      ...(levelCheckMs === undefined ? {} : { levelCheckMs }),
      signal: both,
    });
    streams.push(tagged(resource, changes));
  }
  try {
    for await (const events of merge(streams, both)) {
      const changes: CollectorChange[] = [];
      for (const event of events) {
        changes.push(...(await reader.read(event)));
        notePlace(place, event);
      }
      if (changes.length > 0) yield { changes, since: formatPlace(place) };
    }
  } finally {
    end.abort();
  }
}

function notePlace(place: Record<string, string>, event: ResourceChange | Tick): void {
  if (event.type !== 'resource' || stepOf(event.resource) === undefined) return;
  const { change } = event;
  const version =
    change.type === 'changed'
      ? change.object.metadata.resourceVersion
      : change.type === 'upToDate'
        ? change.resourceVersion
        : undefined;
  if (version !== undefined) place[event.resource] = version;
}
