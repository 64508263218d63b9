import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UploadStore, type UploadUsers } from '../../../src/server/uploads/index.js';

const body = (text: string): Readable => Readable.from([Buffer.from(text)]);
const longAgo = new Date('2020-01-01T00:00:00Z');

describe('the store of uploads', () => {
  let dataDir: string;
  let used: string[];
  let store: UploadStore;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'opal-uploads-'));
    used = [];
    // The store asks a registry for nothing but the settings of its sources.
    const users = {
      list: () => Promise.resolve(used.map((upload) => ({ settings: JSON.stringify({ upload }) }))),
    } as unknown as UploadUsers;
    store = new UploadStore(dataDir, users);
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  it('keeps a file where its own user alone can read it', async () => {
    const { upload, bytes } = await store.keep(body('a workbook'));
    const path = join(store.folder, upload);
    expect(await readFile(path, 'utf8')).toBe('a workbook');
    expect(bytes).toBe(10);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(store.folder)).mode & 0o777).toBe(0o700);
  });

  it('removes what no source has used for a day, and nothing else', async () => {
    const { upload: kept } = await store.keep(body('used'));
    const { upload: gone } = await store.keep(body('unused'));
    const { upload: young } = await store.keep(body('just uploaded'));
    used.push(kept);
    for (const old of [kept, gone]) await utimes(join(store.folder, old), longAgo, longAgo);
    await store.removeUnused();
    expect((await readdir(store.folder)).sort()).toEqual([kept, young].sort());
  });

  it('keeps nothing of a body that breaks off', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('the line is cut');
      })(),
    );
    await expect(store.keep(broken)).rejects.toThrow('the line is cut');
    expect(await readdir(store.folder)).toEqual([]);
  });
});
