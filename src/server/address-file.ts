import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const fileIn = (dataDir: string): string => join(dataDir, 'server.json');

const noted = z.object({ address: z.url(), pid: z.int().positive() });

/** The server that has noted its address in the data folder, as long as its process is there. */
export function runningServer(dataDir: string): z.output<typeof noted> | undefined {
  try {
    const server = noted.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
    process.kill(server.pid, 0);
    return server;
  } catch {
    return undefined;
  }
}

/**
 * Notes in the data folder where the server listens, so that the command line finds it without
 * being told.
 *
 * @returns takes the note away again.
 */
export function noteAddress(dataDir: string, address: string): () => void {
  const file = fileIn(dataDir);
  writeFileSync(file, `${JSON.stringify({ address, pid: process.pid })}\n`, { mode: 0o600 });
  return () => {
    rmSync(file, { force: true });
  };
}
