import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from './build-lock.js';
import { labCache } from './lab-binary.js';
import { LabError } from './lab-error.js';

const run = promisify(execFile);
const requirements = join(import.meta.dirname, 'python', 'requirements.txt');
const systemPython = 'python3';

async function install(draft: string): Promise<void> {
  await rm(draft, { recursive: true, force: true });
  await run(systemPython, ['-m', 'venv', draft]);
  const flags = [
    '--quiet',
    '--disable-pip-version-check',
    '--require-hashes',
    '--only-binary=:all:',
  ];
  await run(join(draft, 'bin', 'python'), ['-m', 'pip', 'install', ...flags, '-r', requirements]);
}

async function environmentIn(folder: string): Promise<string> {
  const python = join(folder, 'bin', 'python');
  if (existsSync(python)) return python;
  await mkdir(labCache(), { recursive: true });
  return await withLock(`${folder}.lock`, async () => {
    if (existsSync(python)) return python;
    const draft = `${folder}.${process.pid}.draft`;
    try {
      await install(draft);
      // Python finds its packages from where its program stands, so the folder may move.
      await rename(draft, folder);
    } catch (cause) {
      throw new LabError(
        {
          what: "The lab's Python packages could not be installed",
          subject: requirements,
          why: cause instanceof Error ? cause.message.slice(-2_000) : String(cause),
          remedy:
            'Install Python 3.10 to 3.14 with its venv module (Debian, Ubuntu: "sudo apt-get install python3-venv") and check that its package index can be reached',
        },
        { cause },
      );
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return python;
  });
}

/**
 * Path of a Python that has the packages of `python/requirements.txt`, installed at the first call
 * on this machine. The folder's name holds a digest of that file and of Python's version.
 *
 * @throws LabError when Python is missing or the packages cannot be installed.
 */
export async function labPython(): Promise<string> {
  const version = await run(systemPython, ['-VV']).then(
    ({ stdout }) => stdout,
    (cause: unknown) => {
      throw new LabError(
        {
          what: 'Python is missing',
          subject: systemPython,
          why: 'it could not be started',
          remedy: 'Install Python 3.10 to 3.14 with its venv module',
        },
        { cause },
      );
    },
  );
  const digest = createHash('sha256')
    .update(version)
    .update(await readFile(requirements));
  return await environmentIn(join(labCache(), `python-${digest.digest('hex').slice(0, 16)}`));
}
