import { totalmem } from 'node:os';

const mebibyte = 2 ** 20;

/** Sizes in the words of the Java machine. */
export interface DatabaseMemory {
  readonly heap: string;
  readonly pageCache: string;
}

/** Memory that this process and its children may use in bytes: the machine's, or the container's. */
export function usableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

const within = (bytes: number, lowest: number, highest: number): string =>
  `${String(Math.floor(Math.min(highest, Math.max(lowest, bytes / mebibyte))))}m`;

/**
 * Memory for a Neo4j beside the product on one machine: an eighth for its heap, where queries work
 * and garbage pauses show in every answer, and a quarter for the pages of its store, which is about
 * 30 KiB a virtual machine.
 */
export function neo4jMemory(bytes: number = usableMemory()): DatabaseMemory {
  return {
    heap: within(bytes / 8, 1_024, 4_096),
    pageCache: within(bytes / 4, 512, 16_384),
  };
}
