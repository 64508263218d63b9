import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Notes in the data folder where the server listens, so that the command line finds it without
 * being told.
 *
 * @returns takes the note away again.
 */
export function noteAddress(dataDir: string, address: string): () => void {
  const file = join(dataDir, 'server.json');
  writeFileSync(file, `${JSON.stringify({ address, pid: process.pid })}\n`, { mode: 0o600 });
  return () => {
    rmSync(file, { force: true });
  };
}
