import type { Graph, RunOptions } from '../../graph/query/graph.js';
import { disksOverFile } from '../evaluation/evaluation-queries.js';
import type { SharedFile, WorkloadFactsDisk } from './workload.js';

/** A snapshot's delta `vm-000002.vmdk` lies over the file `vm.vmdk`. */
const baseOf = (file: string): string => file.replace(/-\d{6}\.vmdk$/u, '.vmdk');

const stemOf = (file: string): string => baseOf(file).replace(/\.vmdk$/u, '');

/** Equal paths on datastores of the same name in two datacenters are different files. */
const keyOf = (source: string, datastore: string | null, file: string): string =>
  `${source}/file/${datastore ?? ''}/${baseOf(file)}`;

/** What stands for the backing file of each shared disk, by the id of the disk. */
export async function sharedFiles(
  graph: Graph,
  source: string,
  disks: readonly WorkloadFactsDisk[],
  options: RunOptions,
): Promise<ReadonlyMap<string, SharedFile>> {
  const shared = disks.filter(
    (disk): disk is WorkloadFactsDisk & { file: string } =>
      disk.shared === true && disk.file !== null,
  );
  if (shared.length === 0) return new Map();
  const stems = [...new Set(shared.map(({ file }) => stemOf(file)))];
  const smallest = new Map<string, string>();
  for await (const { id, file, datastore } of graph.stream(
    disksOverFile,
    { source, stems },
    options,
  )) {
    const key = keyOf(source, datastore, file);
    const known = smallest.get(key);
    if (known === undefined || id < known) smallest.set(key, id);
  }
  return new Map(
    shared.map(({ id, file, datastore }) => {
      const key = keyOf(source, datastore?.id ?? null, file);
      return [id, { key, diskId: smallest.get(key) ?? id }];
    }),
  );
}
