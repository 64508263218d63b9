import { z } from 'zod';
import type { LoadStamp } from '../loader/load-stamp.js';
import type { Graph } from '../query/graph.js';
import { baseFile, chainPrefix } from './disk-file.js';
import {
  diskFiles,
  diskFilesBelow,
  diskFilesOf,
  diskFilesTouched,
  setDiskShared,
} from './disk-queries.js';

/** Beyond this many touched files one pass over all disks is cheaper than looking each up. */
const mostLookedUp = 2_000;
const rowsPerQuery = 500;

interface DiskFile {
  readonly id: string;
  readonly file: string;
  readonly machine: string;
  readonly shared: boolean;
}

/** Which base files more than one machine uses. Remembers one machine a file. */
class FileUsers {
  private readonly first = new Map<string, string>();
  private readonly several = new Set<string>();

  add({ file, machine }: DiskFile): void {
    const base = baseFile(file);
    const known = this.first.get(base);
    if (known === undefined) this.first.set(base, machine);
    else if (known !== machine) this.several.add(base);
  }

  isShared({ file }: DiskFile): boolean {
    return this.several.has(baseFile(file));
  }
}

interface Verdict {
  readonly id: string;
  readonly shared: boolean;
}

const withFields = ({ id, shared }: Verdict): Verdict & { fields: string } => ({
  id,
  shared,
  fields: JSON.stringify({ shared: { old: !shared, new: shared } }),
});

async function write(
  graph: Graph,
  { sync, batch, at }: LoadStamp,
  verdicts: readonly Verdict[],
): Promise<number> {
  let machines = 0;
  for (let start = 0; start < verdicts.length; start += rowsPerQuery) {
    const rows = verdicts.slice(start, start + rowsPerQuery).map(withFields);
    machines += (await graph.write(setDiskShared, { sync, batch, at, rows })).length;
  }
  return machines;
}

async function judge(
  graph: Graph,
  stamp: LoadStamp,
  disks: () => AsyncIterable<DiskFile>,
): Promise<number> {
  const users = new FileUsers();
  for await (const disk of disks()) users.add(disk);
  const verdicts: Verdict[] = [];
  for await (const disk of disks()) {
    const shared = users.isShared(disk);
    if (shared !== disk.shared) verdicts.push({ id: disk.id, shared });
  }
  return write(graph, stamp, verdicts);
}

const changedFile = z.object({ file: z.object({ old: z.string() }) });

function filesIn(row: {
  readonly file: string | null;
  readonly changes: readonly string[];
}): string[] {
  const before = row.changes.flatMap((json) => {
    const fields: unknown = JSON.parse(json);
    const parsed = changedFile.safeParse(fields);
    return parsed.success ? [parsed.data.file.old] : [];
  });
  return row.file === null ? before : [row.file, ...before];
}

async function touchedPrefixes(
  graph: Graph,
  { source, sync }: LoadStamp,
  touched: readonly string[] | undefined,
): Promise<string[] | undefined> {
  const prefixes = new Set<string>();
  const rows =
    touched === undefined
      ? graph.stream(diskFilesTouched, { source, sync })
      : graph.stream(diskFilesOf, { ids: [...touched], sync });
  for await (const row of rows) {
    for (const file of filesIn(row)) prefixes.add(chainPrefix(file));
    if (prefixes.size > mostLookedUp) return undefined;
  }
  return [...prefixes];
}

/**
 * Marks disks whose backing file another machine of the same source uses, snapshot deltas counted
 * as the file they began as, and unmarks those where that is over. Looks at what the sync touched, and
 * notes a change for each disk, so that it shows between two syncs.
 *
 * @param touched ids of the disks that were written or removed; `undefined` where they were too
 *   many to remember: then the graph is asked, which looks at everything of the source.
 * @returns how many machines were marked as changed because of it.
 */
export async function deriveSharedDisks(
  graph: Graph,
  stamp: LoadStamp,
  touched: readonly string[] | undefined,
): Promise<number> {
  if (touched?.length === 0) return 0;
  const { source } = stamp;
  const prefixes = await touchedPrefixes(graph, stamp, touched);
  if (prefixes === undefined) return judge(graph, stamp, () => graph.stream(diskFiles, { source }));
  let machines = 0;
  for (let start = 0; start < prefixes.length; start += rowsPerQuery) {
    const part = prefixes.slice(start, start + rowsPerQuery);
    machines += await judge(graph, stamp, () =>
      graph.stream(diskFilesBelow, { source, prefixes: part }),
    );
  }
  return machines;
}
