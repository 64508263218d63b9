import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClassArchive } from '../../../src/server/embedded/class-archive.js';
import { findJava, type JavaRuntime } from '../../../src/server/embedded/java.js';
import { provisionNeo4j } from '../../../src/server/embedded/neo4j-distribution.js';
import { createLogger } from '../../../src/telemetry/logger.js';

const run = promisify(execFile);
const logger = createLogger('silent');

let folder: string;
let jars: string;
let java: JavaRuntime;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opal-classes-'));
  java = await findJava();
  await mkdir(join(folder, 'cache'));
  jars = join(folder, 'cache', 'lib');
  await symlink(await provisionNeo4j(), jars);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A Java machine on the jars of the server that ends by itself. */
async function runAndEnd(archive: ClassArchive): Promise<void> {
  const main = ['org.neo4j.server.startup.Neo4jAdminCommand', '--version'];
  await run(java.program, ['-cp', `${jars}/*`, ...(await archive.forServer()), ...main]);
}

const kept = async (): Promise<readonly string[]> =>
  (await readdir(join(folder, 'cache'))).filter((name) => name.endsWith('.jsa'));

describe('the archive of classes', () => {
  it('is left by the first that ends, and used by that build of Java from then on', async () => {
    const archive = new ClassArchive(java, jars, folder);
    expect(archive.forTool()).toEqual([]);
    await runAndEnd(archive);
    await archive.keep(logger);
    expect(await kept()).toHaveLength(1);
    expect(existsSync(join(folder, 'classes.jsa'))).toBe(false);
    const next = new ClassArchive(java, jars, folder);
    expect(await next.forServer()).toEqual([expect.stringMatching(/^-XX:SharedArchiveFile=/u)]);
    await runAndEnd(next);
    const otherBuild = new ClassArchive({ ...java, build: 'another' }, jars, folder);
    expect(otherBuild.forTool()).toEqual([]);
  });

  it('is not used where only half of it was written', async () => {
    const archive = new ClassArchive(java, jars, folder);
    await runAndEnd(archive);
    const draft = join(folder, 'classes.jsa');
    await truncate(draft, Math.floor((await stat(draft)).size / 2));
    await archive.keep(logger);
    expect(await kept()).toEqual([]);
    expect(existsSync(draft)).toBe(false);
  });
});
