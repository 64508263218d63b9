import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LabError } from './lab-error.js';

const run = promisify(execFile);

/** The oldest Go that the modules of the lab accept. */
const oldest = { major: 1, minor: 25 };

export interface GoToolchain {
  readonly program: string;
  /** The whole answer of `go version`, so that another Go builds another executable. */
  readonly version: string;
}

const remedy = `Install Go ${oldest.major}.${oldest.minor} or newer (https://go.dev/dl/) and put it on the PATH; nothing but tests and "npm run lab" needs it.`;

async function versionOf(program: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(program, ['version'], { env: { ...process.env } });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** Finds Go on the PATH or where its installer puts it. */
export async function findGo(): Promise<GoToolchain> {
  for (const program of ['go', '/usr/local/go/bin/go']) {
    const version = await versionOf(program);
    if (version === undefined) continue;
    const match = /go(\d+)\.(\d+)/.exec(version);
    const [major, minor] = [Number(match?.[1]), Number(match?.[2])];
    if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) {
      return { program, version };
    }
    throw new LabError({
      what: 'This Go is too old to build the lab',
      subject: program,
      why: `it says "${version}"`,
      remedy,
    });
  }
  throw new LabError({
    what: 'The lab cannot be built',
    subject: 'go',
    why: 'its simulators are Go programs and no Go was found',
    remedy,
  });
}
