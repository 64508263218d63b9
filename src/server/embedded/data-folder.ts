import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  DataFolderHeldError,
  EmbeddedServiceError,
  systemCause,
} from './embedded-service-error.js';
import { tryProcessLock, type ProcessLock } from './process-lock.js';

/**
 * Takes the data folder for this process, making it (0700) if needed. Two servers on one folder would
 * corrupt each other's database.
 *
 * @throws DataFolderHeldError naming the process that has it, EmbeddedServiceError if it cannot be written.
 */
export function holdDataFolder(folder: string, purpose = 'opal server'): ProcessLock {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const attempt = tryProcessLock(join(folder, 'lock'), purpose);
    if (attempt.taken) return attempt.lock;
    throw new DataFolderHeldError(folder, attempt.holder);
  } catch (error) {
    const cause = systemCause(error);
    if (cause === undefined) throw error;
    throw new EmbeddedServiceError(
      {
        code: 'embedded.folder.unusable',
        what: 'The data folder cannot be used',
        subject: folder,
        ...cause,
      },
      { cause: error },
    );
  }
}
