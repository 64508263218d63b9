import { createHash } from 'node:crypto';
import type { Graph, RunOptions } from '../../graph/query/graph.js';
import { workloads } from '../evaluation/evaluation-queries.js';
import { sharedFiles } from './shared-files.js';
import type { Workload } from './workload.js';

/** Devices that some rule looks at; all others stay in the database. */
const deviceClasses = ['pciPassthrough', 'vgpu', 'sriov', 'usbController', 'tpm'];
const deviceTypes = [
  'VirtualPCIPassthrough',
  'VirtualSriovEthernetCard',
  'VirtualUSBController',
  'VirtualUSBXHCIController',
  'VirtualTPM',
];

export interface LoadedWorkload {
  readonly workload: Workload;
  /** Digest of all that it holds and of the machine's own record. */
  readonly digest: string;
  /** Nothing that it holds is different from its last evaluation, whose concerns are still there. */
  readonly unchanged: boolean;
}

const digestOf = (salt: string, hash: string | null, workload: Workload): string =>
  createHash('sha256')
    .update(salt)
    .update(hash ?? '')
    .update(JSON.stringify(workload))
    .digest('base64url');

/**
 * What is kept with an evaluated machine. The count of its concerns tells apart a machine that was
 * removed, which took its concerns away, and came back just as it was.
 */
export const evaluationDigest = (digest: string, concerns: number): string =>
  `${digest}#${concerns}`;

/**
 * Loads machines of one source, by their ids; ids that are no longer there are left out.
 *
 * @param salt part of the digest, for instance the version of the catalogue.
 */
export async function loadWorkloads(
  graph: Graph,
  request: { readonly source: string; readonly ids: readonly string[]; readonly salt: string },
  options: RunOptions = {},
): Promise<LoadedWorkload[]> {
  const params = { ids: [...request.ids], deviceClasses, deviceTypes };
  const rows = await graph.read(workloads, params, options);
  const files = await sharedFiles(
    graph,
    request.source,
    rows.flatMap(({ disks }) => disks),
    options,
  );
  return rows.map(({ hash, evaluationDigest: known, concernCount, ...facts }) => {
    const disks = facts.disks.map((disk) => ({ ...disk, sharedFile: files.get(disk.id) ?? null }));
    const workload = { ...facts, disks };
    const digest = digestOf(request.salt, hash, workload);
    return { workload, digest, unchanged: known === evaluationDigest(digest, concernCount) };
  });
}
