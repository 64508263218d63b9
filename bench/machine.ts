import { execFileSync } from 'node:child_process';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { embeddedNeo4jVersion } from '../src/server/embedded/neo4j-distribution.js';

function javaVersion(): string {
  try {
    const text = execFileSync('sh', ['-c', 'java -version 2>&1'], { encoding: 'utf8' });
    return /version "([^"]+)"/u.exec(text)?.[1] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

/** What the figures were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly java: string;
  readonly neo4j: string;
}

export const thisMachine = (): Machine => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.version,
  java: javaVersion(),
  neo4j: embeddedNeo4jVersion,
});

export const describeMachine = (machine: Machine): string =>
  `${machine.cores} cores of ${machine.processor}, ${machine.memoryGiB} GiB; ${machine.system}; ` +
  `Node ${machine.node}, Java ${machine.java}, Neo4j ${machine.neo4j}`;
