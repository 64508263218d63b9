import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SourceRegistry } from '../../collectors/sources/index.js';
import { OpalError } from '../../errors/opal-error.js';

/** A file that is larger than any export, or a body that broke off. */
export class UploadError extends OpalError {}

const MiB = 1024 ** 2;
/** A workbook of 40,000 machines takes some 100 MiB. */
const largestUpload = 1024 * MiB;
/** A draft lives for a day; its upload has to live as long. */
const unusedForMs = 24 * 60 * 60 * 1000;
const uploadName = /^[0-9a-f]{32}$/u;

/** What of the registry the store needs. */
export type UploadUsers = Pick<SourceRegistry, 'list'>;

async function* bounded(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    if (received > largestUpload) {
      throw new UploadError({
        code: 'upload.too-large',
        what: 'The file is not taken',
        subject: 'upload',
        why: `it is larger than ${largestUpload / MiB} MiB`,
        remedy: 'Export fewer sheets, or each vCenter on its own',
        retryable: false,
      });
    }
    yield chunk;
  }
}

/**
 * Files that people hand in as sources. Only the server's own user can read them; their names are
 * random, and no other name is ever opened. What no source uses is removed after a day.
 */
export class UploadStore {
  readonly folder: string;

  constructor(
    dataDir: string,
    private readonly users: UploadUsers,
  ) {
    this.folder = join(dataDir, 'uploads');
  }

  /** Keeps a file, and gives the name by which a source's configuration speaks of it. */
  async keep(
    body: AsyncIterable<Buffer>,
  ): Promise<{ readonly upload: string; readonly bytes: number }> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    // The folder may be from before, with wider rights.
    await chmod(this.folder, 0o700);
    await this.removeUnused();
    const upload = randomBytes(16).toString('hex');
    const partial = join(this.folder, `${upload}.part`);
    try {
      await pipeline(bounded(body), createWriteStream(partial, { mode: 0o600 }));
      await rename(partial, join(this.folder, upload));
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    const { size } = await stat(join(this.folder, upload));
    return { upload, bytes: size };
  }

  /** Removes uploads that no source has named for a day, and what broke off. */
  async removeUnused(): Promise<void> {
    const settings = (await this.users.list()).map((source) => source.settings ?? '').join('\n');
    const before = Date.now() - unusedForMs;
    for (const name of await readdir(this.folder)) {
      const base = name.replace(/\.part$/u, '');
      if (!uploadName.test(base) || settings.includes(base)) continue;
      const path = join(this.folder, name);
      const { mtimeMs } = await stat(path);
      if (mtimeMs < before) await rm(path, { force: true });
    }
  }
}
