import { z } from 'zod';
import type { Omission, RawObject } from '../contract.js';
import { addedKeys } from './raw.js';
import { networkHints } from './soap/answers.js';
import type { VimClient } from './vim-client.js';

/** vCenter passes the question on to the host, and a host that hangs must not hold up the read. */
const longestWaitMs = 15_000;
/** After so many refusals without one answer the others are not asked. */
const mostRefusals = 8;

const asked = z.object({
  'configManager.networkSystem': z.object({ type: z.string(), value: z.string() }),
  // A host that is away has nothing to say, and asking it takes long.
  'runtime.connectionState': z.literal('connected'),
});

export interface Hinted {
  readonly object: RawObject;
  readonly omissions: readonly Omission[];
}

const refused = (externalId: string, error: unknown): Omission => ({
  kind: 'Host',
  externalId,
  what: 'neighbours of its network cards (CDP, LLDP)',
  why: error instanceof Error ? error.message : String(error),
});

/**
 * What the network cards of hosts hear of their neighbour switches. It is no property: every host
 * is asked on its own, and one that does not answer costs its hints alone.
 */
export class NetworkHints {
  private refusals = 0;
  private answers = 0;

  constructor(private readonly client: VimClient) {}

  async addTo(object: RawObject, signal: AbortSignal): Promise<Hinted> {
    const known = asked.safeParse(object.body);
    if (!known.success || this.isUseless) return { object, omissions: [] };
    try {
      const system = known.data['configManager.networkSystem'];
      const settings = { signal, silenceMs: longestWaitMs };
      const answer = await this.client.call('QueryNetworkHint', system, {}, settings);
      this.answers += 1;
      const hints = networkHints.parse(answer);
      if (hints.length === 0) return { object, omissions: [] };
      const body = { ...object.body, [addedKeys.networkHints]: hints };
      return { object: { ...object, body }, omissions: [] };
    } catch (error) {
      signal.throwIfAborted();
      this.refusals += 1;
      return { object, omissions: [refused(object.externalId, error)] };
    }
  }

  private get isUseless(): boolean {
    return this.answers === 0 && this.refusals >= mostRefusals;
  }
}
