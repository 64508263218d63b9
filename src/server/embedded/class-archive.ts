import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Logger } from '../../telemetry/logger.js';
import type { JavaRuntime } from './java.js';

const run = promisify(execFile);

/**
 * The classes that Neo4j loads, as Java keeps them ready to be mapped into memory: loading and
 * checking them anew is a third of a start. The first server that stops leaves the archive in the
 * cache, all later ones use it. See JEP 350, dynamic class data sharing archives.
 */
export class ClassArchive {
  private readonly file: string;
  private readonly draft: string;

  /** @param folder of this server alone: what it writes stands there until it is known to be whole. */
  constructor(
    private readonly java: JavaRuntime,
    private readonly jars: string,
    folder: string,
  ) {
    // An archive is of one build of Java and of one place of the jars.
    this.file = join(dirname(jars), `classes-${java.build}.jsa`);
    this.draft = join(folder, 'classes.jsa');
  }

  /** Arguments of the java program that use the archive, where there is one. */
  forTool(): readonly string[] {
    return existsSync(this.file) ? [`-XX:SharedArchiveFile=${this.file}`] : [];
  }

  /** Arguments of the java program that use the archive, or have it written at the end. */
  async forServer(): Promise<readonly string[]> {
    await rm(this.draft, { force: true });
    return existsSync(this.file) ? this.forTool() : [`-XX:ArchiveClassesAtExit=${this.draft}`];
  }

  /** Takes over what a server that has ended wrote, where there is something and it is whole. */
  async keep(logger: Logger): Promise<void> {
    if (!existsSync(this.draft)) return;
    try {
      if (!existsSync(this.file) && (await this.isWhole())) await this.moveToCache();
    } catch (error) {
      logger.debug({ err: error }, 'The class archive of Neo4j was not kept; it is for speed only');
    } finally {
      await rm(this.draft, { force: true });
    }
  }

  /** Whether Java takes it: a server that was killed while it wrote leaves half of one. */
  private async isWhole(): Promise<boolean> {
    const options = [
      '-Xshare:on',
      '-XX:+VerifySharedSpaces',
      `-XX:SharedArchiveFile=${this.draft}`,
    ];
    return run(this.java.program, [...options, '-cp', `${this.jars}/*`, '-version']).then(
      () => true,
      () => false,
    );
  }

  private async moveToCache(): Promise<void> {
    // The data folder may be on another disk; the last step is a rename in any case.
    const beside = `${this.file}.${String(process.pid)}`;
    await copyFile(this.draft, beside);
    await rename(beside, this.file);
  }
}
