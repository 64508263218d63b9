import type { AnyRecord } from '../../../src/graph/model/index.js';
import { kubevirtCollector } from '../../../src/collectors/kubevirt/index.js';
import type { Omission, ProofOfCompleteness, RawObject } from '../../../src/collectors/contract.js';
import type { ClusterConfiguration } from '../../../src/kubernetes/index.js';

export interface WholeRead {
  readonly objects: readonly RawObject[];
  readonly omissions: readonly Omission[];
  readonly proof: ProofOfCompleteness;
}

const signal = AbortSignal.timeout(120_000);

/** Reads a target from end to end; every `sessionPages` pages go through a session of their own. */
export async function readWhole(
  configuration: ClusterConfiguration,
  sessionPages = Number.POSITIVE_INFINITY,
): Promise<WholeRead> {
  const objects: RawObject[] = [];
  const omissions: Omission[] = [];
  let cursor: Parameters<typeof kubevirtCollector.next>[1];
  for (;;) {
    const proof = await kubevirtCollector.around(
      configuration,
      async (session) => {
        for (let pages = 0; pages < sessionPages; pages += 1) {
          const page = await kubevirtCollector.next(session, cursor, signal);
          if (page.type === 'done') return page.proof;
          objects.push(...page.objects);
          omissions.push(...page.omissions);
          // What the engine keeps of a cursor is JSON.
          cursor = JSON.parse(JSON.stringify(page.cursor)) as typeof page.cursor;
        }
        return undefined;
      },
      signal,
    );
    if (proof !== undefined) return { objects, omissions, proof };
  }
}

/** Every record that the objects give. */
export const recordsOf = (objects: readonly RawObject[]): AnyRecord[] =>
  objects.flatMap((object) => [
    ...kubevirtCollector.map(object, { sourceId: 'target', memory: new Map() }).records,
  ]);
