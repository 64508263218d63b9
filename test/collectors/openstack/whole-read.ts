import type {
  CollectorPage,
  Omission,
  ProofOfCompleteness,
  RawObject,
} from '../../../src/collectors/contract.js';
import {
  openstackCollector,
  type OpenstackConfiguration,
  type OpenstackCursor,
  type OpenstackSession,
} from '../../../src/collectors/openstack/index.js';
import type { AnyRecord } from '../../../src/graph/index.js';

export interface WholeRead {
  readonly objects: readonly RawObject[];
  readonly omissions: readonly Omission[];
  readonly proof: ProofOfCompleteness;
}

const never = new AbortController().signal;

/** All pages of a full read within a session that is open. */
export async function readWithin(session: OpenstackSession): Promise<WholeRead> {
  const objects: RawObject[] = [];
  const omissions: Omission[] = [];
  let cursor: OpenstackCursor | undefined;
  for (;;) {
    const page: CollectorPage<OpenstackCursor> = await openstackCollector.next(
      session,
      cursor,
      never,
    );
    if (page.type === 'done') return { objects, omissions, proof: page.proof };
    objects.push(...page.objects);
    omissions.push(...page.omissions);
    cursor = page.cursor;
  }
}

export const parsed = (configuration: unknown): OpenstackConfiguration =>
  openstackCollector.configuration.parse(configuration);

/** A full read in a session of its own. */
export const readWhole = (configuration: unknown): Promise<WholeRead> =>
  openstackCollector.around(parsed(configuration), readWithin, never);

export const mapped = (objects: readonly RawObject[]): AnyRecord[] =>
  objects.flatMap((object) => [
    ...openstackCollector.map(object, { sourceId: 'cloud', memory: new Map() }).records,
  ]);
