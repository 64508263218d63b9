import { createHash, type Hash } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { CliError } from '../cli-error.js';
import { ExitCode } from '../exit-code.js';
import type { ServerAddress } from './server-address.js';

const attempts = 5;

/** A finished download: what its trailers said, and that the bytes agree with it. */
export interface Downloaded {
  readonly rows: number;
  readonly sha256: string;
  readonly state: string;
}

interface Progress {
  readonly hash: Hash;
  received: number;
  entityTag: string | undefined;
}

const refused = (url: string, why: string, remedy: string): CliError =>
  new CliError({ what: 'The report cannot be had', subject: url, why, remedy, retryable: true });

const open = (
  { url, token }: ServerAddress,
  path: string,
  { received, entityTag }: Progress,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const address = new URL(path, `${url}/`);
    const send = address.protocol === 'https:' ? httpsRequest : httpRequest;
    const range =
      received > 0 && entityTag !== undefined
        ? { range: `bytes=${String(received)}-`, 'if-range': entityTag }
        : {};
    const outgoing = send(address, { headers: { authorization: `Bearer ${token}`, ...range } });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end();
  });

const errorBody = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const failure = async (url: string, response: IncomingMessage): Promise<CliError> => {
  const body = await errorBody(response);
  let message = body.slice(0, 300);
  try {
    const parsed = JSON.parse(body) as { errors?: { message?: string }[] };
    message = parsed.errors?.[0]?.message ?? message;
  } catch {
    // Not ours: the status and the text are all there is.
  }
  const code = response.statusCode === 404 ? ExitCode.notFound : ExitCode.failed;
  return new CliError(
    {
      what: message,
      subject: url,
      why: `the server answered ${String(response.statusCode)}`,
      remedy: 'Change the request.',
    },
    code,
  );
};

const finished = (
  response: IncomingMessage,
  { hash }: Progress,
  ownTrailer: boolean,
): Downloaded => {
  const rows = response.trailers['x-opal-rows'];
  const sha256 = response.trailers['x-opal-sha256'];
  if (typeof rows !== 'string' || typeof sha256 !== 'string') {
    throw refused('the download', 'it ended without its trailer', 'Try again.');
  }
  // JSON Lines carries its trailer as its last line, which is not part of what was hashed.
  if (!ownTrailer && hash.digest('hex') !== sha256) {
    throw refused('the download', 'its bytes are not those that were sent', 'Try again.');
  }
  const state = decodeURIComponent(String(response.headers['x-opal-state'] ?? ''));
  return { rows: Number(rows), sha256, state };
};

/**
 * Downloads a report and hands its bytes on as they come. A connection that breaks is taken up
 * where it broke, for as long as the inventory stays as it was.
 */
export const download = async (
  server: ServerAddress,
  path: string,
  write: (chunk: Buffer) => Promise<void>,
  { ownTrailer }: { readonly ownTrailer: boolean },
): Promise<Downloaded> => {
  const progress: Progress = { hash: createHash('sha256'), received: 0, entityTag: undefined };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await open(server, path, progress);
      if (response.statusCode !== 200 && response.statusCode !== 206) {
        throw await failure(server.url, response);
      }
      if (progress.received > 0 && response.statusCode === 200) {
        throw refused(server.url, 'the inventory moved on meanwhile', 'Export again.');
      }
      progress.entityTag = response.headers.etag;
      for await (const chunk of response as AsyncIterable<Buffer>) {
        progress.hash.update(chunk);
        progress.received += chunk.length;
        await write(chunk);
      }
      return finished(response, progress, ownTrailer);
    } catch (error) {
      if (error instanceof CliError || attempt >= attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 500));
    }
  }
};
