import { randomUUID } from 'node:crypto';
import { Fence, type FenceOptions } from '../../src/executor/fence.js';
import { claimTurn } from '../../src/executor/queries/turn.js';
import type { Graph } from '../../src/graph/index.js';

/** The fence of a turn that has just claimed the machine, on its first step. */
export async function claimedFence(
  graph: Graph,
  machine: string,
  own: Partial<Pick<FenceOptions, 'turn' | 'observer'>> = {},
): Promise<Fence> {
  const holder = randomUUID();
  const now = new Date().toISOString();
  const [claimed] = await graph.write(claimTurn, { machine, holder, now });
  const fence = new Fence({
    graph,
    machine,
    holder,
    direction: 'forward',
    epoch: claimed?.machine.epoch ?? 0,
    turn: new AbortController().signal,
    freshnessMs: 5_000,
    observer: undefined,
    ...own,
  });
  fence.step = 'checks';
  return fence;
}
