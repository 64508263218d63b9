import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import {
  bundleFormat,
  longestLine,
  manifestLine,
  pageLine,
  trailerLine,
  type BundleManifest,
  type BundlePage,
  type BundleTrailer,
} from './bundle-format.js';
import { BundleError, brokenBundle, foreignBundle } from './bundle-error.js';

const lineEnd = 0x0a;

/** Lines of a gzipped file as bytes, line ends included. */
async function* lines(path: string): AsyncGenerator<Buffer> {
  const unzipped = pipeline(createReadStream(path), createGunzip(), () => undefined);
  let rest: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of unzipped as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(lineEnd); end >= 0; end = chunk.indexOf(lineEnd, start)) {
        yield Buffer.concat([...rest, chunk.subarray(start, end + 1)]);
        rest = [];
        length = 0;
        start = end + 1;
      }
      rest.push(chunk.subarray(start));
      length += chunk.length - start;
      if (length > longestLine) throw brokenBundle(path, 'a line is longer than 64 MiB');
    }
  } catch (error) {
    if (error instanceof BundleError) throw error;
    throw brokenBundle(path, error instanceof Error ? error.message : String(error), error);
  }
  if (length > 0) throw brokenBundle(path, 'it ends in the middle of a line');
}

function parse<T>(path: string, schema: z.ZodType<T>, line: Buffer): T {
  let value: unknown;
  try {
    value = JSON.parse(line.toString('utf8'));
  } catch (error) {
    throw brokenBundle(path, 'a line is not JSON', error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw brokenBundle(path, z.prettifyError(parsed.error).replaceAll('\n', ' '));
}

function checkFormat(path: string, manifest: BundleManifest): void {
  if (manifest.format === bundleFormat) return;
  throw foreignBundle(
    path,
    `its format is ${manifest.format}, and this program reads ${bundleFormat}`,
  );
}

/** The first line of a bundle. */
export async function readManifest(path: string): Promise<BundleManifest> {
  for await (const line of lines(path)) {
    const manifest = parse(path, manifestLine, line);
    checkFormat(path, manifest);
    return manifest;
  }
  throw brokenBundle(path, 'it is empty');
}

const isTrailer = (line: Buffer): boolean =>
  line.subarray(0, 17).toString() === '{"type":"trailer"';

/**
 * Reads a bundle from its first to its last byte without keeping it.
 *
 * @throws BundleError unless the trailer is there and its digest and number of pages are right.
 */
export async function checkBundle(path: string): Promise<BundleTrailer> {
  const hash = createHash('sha256');
  let trailer: BundleTrailer | undefined;
  let pages = -1;
  for await (const line of lines(path)) {
    if (trailer !== undefined) throw brokenBundle(path, 'lines follow its trailer');
    if (isTrailer(line)) {
      trailer = parse(path, trailerLine, line);
      continue;
    }
    hash.update(line);
    pages += 1;
  }
  if (trailer === undefined) throw brokenBundle(path, 'its end is missing');
  if (trailer.sha256 !== hash.digest('hex') || trailer.pages !== pages) {
    throw brokenBundle(path, 'its contents are not what was recorded');
  }
  return trailer;
}

/** Pages of a bundle in order. */
export async function* readPages(path: string): AsyncGenerator<BundlePage> {
  let first = true;
  for await (const line of lines(path)) {
    if (isTrailer(line)) return;
    if (!first) yield parse(path, pageLine, line);
    first = false;
  }
}
