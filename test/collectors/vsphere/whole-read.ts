import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AnyRecord } from '../../../src/graph/model/index.js';
import type { Omission, ProofOfCompleteness, RawObject } from '../../../src/collectors/contract.js';
import {
  vsphereCollector,
  vsphereConfiguration,
  type VsphereConfiguration,
} from '../../../src/collectors/vsphere/index.js';
import { labBinary } from '../../lab/lab-binary.js';
import type { Vcsim } from '../../lab/vcsim.js';

const run = promisify(execFile);

/** A configuration that accepts the simulator's own certificate. */
export const configurationOf = (
  vcsim: Pick<Vcsim, 'host' | 'username' | 'password' | 'sha256'>,
  more: Partial<VsphereConfiguration> = {},
): VsphereConfiguration =>
  vsphereConfiguration.parse({
    address: vcsim.host,
    username: vcsim.username,
    password: vcsim.password,
    fingerprint: vcsim.sha256,
    ...more,
  });

export interface WholeRead {
  readonly pages: number;
  readonly objects: readonly RawObject[];
  readonly omissions: readonly Omission[];
  readonly proof: ProofOfCompleteness;
}

/** Reads everything in one session. */
export async function readWhole(configuration: VsphereConfiguration): Promise<WholeRead> {
  const signal = new AbortController().signal;
  return await vsphereCollector.around(
    configuration,
    async (session) => {
      const objects: RawObject[] = [];
      const omissions: Omission[] = [];
      let page = await vsphereCollector.next(session, undefined, signal);
      let pages = 0;
      while (page.type === 'page') {
        pages += 1;
        objects.push(...page.objects);
        omissions.push(...page.omissions);
        page = await vsphereCollector.next(session, page.cursor, signal);
      }
      return { pages, objects, omissions, proof: page.proof };
    },
    signal,
  );
}

export const mapped = (object: RawObject): ReturnType<typeof vsphereCollector.map> =>
  vsphereCollector.map(object, { sourceId: 'source', memory: new Map() });

/** Records by kind and external id, as the graph would hold them. */
export function recordsOf(objects: readonly RawObject[]): ReadonlyMap<string, AnyRecord> {
  const records = new Map<string, AnyRecord>();
  for (const object of objects) {
    for (const record of mapped(object).records) {
      records.set(`${record.kind}/${record.externalId}`, record);
    }
  }
  return records;
}

/** Relationships as `Kind/id field Kind/id`. */
export function edgesOf(records: ReadonlyMap<string, AnyRecord>): ReadonlySet<string> {
  const edges = new Set<string>();
  for (const [id, record] of records) {
    for (const [field, targets] of Object.entries(record.edges)) {
      for (const { kind, externalId } of [targets].flat()) {
        edges.add(`${id} ${field} ${kind ?? '?'}/${externalId}`);
      }
    }
  }
  return edges;
}

/** What govc prints for the arguments, as an answer that does not come from the collector. */
export async function govc(vcsim: Vcsim, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(await labBinary('govc'), args, {
    env: { ...process.env, ...vcsim.govcEnvironment },
    maxBuffer: 256 * 1024 * 1024,
  });
  return stdout;
}
