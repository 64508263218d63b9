import { z } from 'zod';
import type { Graph } from '../query/graph.js';
import { baseFile, chainPrefix } from './disk-file.js';
import { diskFiles, diskFilesBelow, diskFilesTouched, setDiskShared } from './disk-queries.js';

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

async function write(
  graph: Graph,
  sync: number,
  rows: { id: string; shared: boolean }[],
): Promise<number> {
  let machines = 0;
  for (let start = 0; start < rows.length; start += rowsPerQuery) {
    const part = rows.slice(start, start + rowsPerQuery);
    machines += (await graph.write(setDiskShared, { sync, rows: part })).length;
  }
  return machines;
}

async function judge(
  graph: Graph,
  sync: number,
  disks: () => AsyncIterable<DiskFile>,
): Promise<number> {
  const users = new FileUsers();
  for await (const disk of disks()) users.add(disk);
  const rows: { id: string; shared: boolean }[] = [];
  for await (const disk of disks()) {
    const shared = users.isShared(disk);
    if (shared !== disk.shared) rows.push({ id: disk.id, shared });
  }
  return write(graph, sync, rows);
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
  source: string,
  sync: number,
): Promise<string[] | undefined> {
  const prefixes = new Set<string>();
  for await (const row of graph.stream(diskFilesTouched, { source, sync })) {
    for (const file of filesIn(row)) prefixes.add(chainPrefix(file));
    if (prefixes.size > mostLookedUp) return undefined;
  }
  return [...prefixes];
}

/**
 * Marks disks whose backing file another machine of the same source uses, snapshot deltas counted
 * as the file they began as, and unmarks those where that is over. Looks at what the sync touched.
 *
 * @returns how many machines were marked as changed because of it.
 */
export async function deriveSharedDisks(
  graph: Graph,
  source: string,
  sync: number,
): Promise<number> {
  const prefixes = await touchedPrefixes(graph, source, sync);
  if (prefixes === undefined) return judge(graph, sync, () => graph.stream(diskFiles, { source }));
  let machines = 0;
  for (let start = 0; start < prefixes.length; start += rowsPerQuery) {
    const part = prefixes.slice(start, start + rowsPerQuery);
    machines += await judge(graph, sync, () =>
      graph.stream(diskFilesBelow, { source, prefixes: part }),
    );
  }
  return machines;
}
