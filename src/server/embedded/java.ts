import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MissingProgramError } from './embedded-service-error.js';

const run = promisify(execFile);
const javaPackages = { apt: 'openjdk-17-jre-headless', brew: 'openjdk@21' };

/** Oldest Java that Neo4j 5.26 runs on. */
export const oldestJava = 17;

/** A Java runtime. */
export interface JavaRuntime {
  /** The program to start. */
  readonly program: string;
  /** Its feature release: 17, 21, … */
  readonly release: number;
  /** Tells its build from every other, as a part of a file name. */
  readonly build: string;
}

function candidates(environment: NodeJS.ProcessEnv): readonly string[] {
  const home = environment.JAVA_HOME;
  return home === undefined || home === '' ? ['java'] : [join(home, 'bin', 'java'), 'java'];
}

/** Reads `17` from `17.0.15`, and `8` from the old way of writing, `1.8.0_392`. */
function featureRelease(versionOutput: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/u.exec(versionOutput);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** Without the line that tells of options in the environment, which are of no build. */
const ownWords = (versionOutput: string): string =>
  versionOutput
    .split('\n')
    .filter((line) => !line.startsWith('Picked up '))
    .join('\n');

async function inspect(program: string): Promise<JavaRuntime | undefined> {
  try {
    const { stdout, stderr } = await run(program, ['-version']);
    const version = `${stderr}\n${stdout}`;
    const release = featureRelease(version);
    const build = createHash('sha256').update(ownWords(version)).digest('hex').slice(0, 12);
    return release === undefined ? undefined : { program, release, build };
  } catch {
    return undefined;
  }
}

/**
 * Finds a Java new enough for Neo4j: `$JAVA_HOME/bin/java` first, then `java` on the PATH.
 *
 * @throws MissingProgramError when there is none, or only older ones.
 */
export async function findJava(environment: NodeJS.ProcessEnv = process.env): Promise<JavaRuntime> {
  let tooOld: JavaRuntime | undefined;
  for (const program of candidates(environment)) {
    const runtime = await inspect(program);
    if (runtime !== undefined && runtime.release >= oldestJava) return runtime;
    tooOld ??= runtime;
  }
  throw new MissingProgramError(
    `Java ${String(oldestJava)} or newer`,
    tooOld === undefined
      ? 'neither JAVA_HOME nor the PATH leads to a java that starts'
      : `${tooOld.program} is Java ${String(tooOld.release)}`,
    javaPackages,
  );
}
