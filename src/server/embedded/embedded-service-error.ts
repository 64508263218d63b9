import { OpalError, type ErrorFacts } from '../../errors/opal-error.js';

/** An embedded Neo4j or Redis could not be provisioned, started or kept running. */
export class EmbeddedServiceError extends OpalError {}

/** A program the embedded services need is missing on this machine or too old. */
export class MissingProgramError extends EmbeddedServiceError {
  constructor(program: string, why: string, install: { apt: string; brew: string }) {
    super({
      code: 'embedded.program.missing',
      what: `${program} is needed and was not found`,
      subject: program,
      why,
      remedy: `Install it with "sudo apt-get install ${install.apt}" or "brew install ${install.brew}", or set NEO4J_URI and REDIS_URL to servers that run elsewhere`,
      retryable: false,
    });
  }
}

/** Another process owns the data folder. */
export class DataFolderHeldError extends EmbeddedServiceError {
  constructor(folder: string, holder: string) {
    super({
      code: 'embedded.lock.held',
      what: 'The data folder is in use',
      subject: folder,
      why: `it is held by ${holder}`,
      remedy: 'Stop that process, or start with another folder in OPAL_DATA_DIR',
      retryable: true,
    });
  }
}

/** Error numbers of the operating system that have one well-known cause and remedy. */
const systemCauses: Readonly<Record<string, Pick<ErrorFacts, 'why' | 'remedy' | 'retryable'>>> = {
  ENOSPC: {
    why: 'no space is left on the disk',
    remedy: 'Free some space or set OPAL_DATA_DIR (and XDG_CACHE_HOME) to a larger disk',
    retryable: true,
  },
  EACCES: {
    why: 'this user may not write there',
    remedy: 'Give this user the folder, or set OPAL_DATA_DIR to one it owns',
    retryable: false,
  },
  EROFS: {
    why: 'the file system is read-only',
    remedy: 'Set OPAL_DATA_DIR to a folder on a writable file system',
    retryable: false,
  },
  EADDRINUSE: {
    why: 'another process listens on that port',
    remedy: 'Stop that process or choose another port (0 takes any free one)',
    retryable: true,
  },
};

/** The facts of an operating system error with a known cause, `undefined` for all others. */
export function systemCause(
  error: unknown,
): Pick<ErrorFacts, 'why' | 'remedy' | 'retryable'> | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? systemCauses[error.code] : undefined;
}
