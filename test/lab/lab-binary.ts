import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withBuildSlot, withLock } from './build-lock.js';
import { findGo, type GoToolchain } from './go-toolchain.js';
import { LabError } from './lab-error.js';

const kubernetesVersion = 'v1.34.2';

/** What to build in each module of `go/`, beyond the flags that all share. */
const binaries = {
  vcsim: { target: '.', variables: {} },
  govc: { target: '.', variables: {} },
  kubeone: {
    target: '.',
    // Without it the API server answers v0.0.0-master and clients cannot tell its version.
    variables: {
      'k8s.io/component-base/version.gitVersion': kubernetesVersion,
      'k8s.io/component-base/version.gitMajor': '1',
      'k8s.io/component-base/version.gitMinor': '34',
    },
  },
  kvtools: { target: '.', variables: {} },
  kwok: { target: 'sigs.k8s.io/kwok/cmd/kwok', variables: {} },
  // For the bench alone, so that it is in no list of what tests need.
  'collect-baseline': { target: '.', variables: {} },
} as const satisfies Record<
  string,
  { readonly target: string; readonly variables: Readonly<Record<string, string>> }
>;

export type LabBinary = keyof typeof binaries;
export const labBinaries: readonly LabBinary[] = ['vcsim', 'govc', 'kvtools', 'kwok', 'kubeone'];

const modules = join(import.meta.dirname, 'go');

/** Folder of the built executables; it is safe to remove. */
export function labCache(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'opal', 'lab');
}

function flags(name: LabBinary): string[] {
  const variables = Object.entries(binaries[name].variables).map(
    ([key, value]) => `-X ${key}=${value}`,
  );
  return ['-trimpath', '-buildvcs=false', '-ldflags', ['-s', '-w', ...variables].join(' ')];
}

async function digest(name: LabBinary, go: GoToolchain): Promise<string> {
  const folder = join(modules, name);
  const hash = createHash('sha256').update(go.version).update(flags(name).join(' '));
  for (const file of (await readdir(folder)).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(await readFile(join(folder, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

async function build(name: LabBinary, go: GoToolchain, target: string): Promise<void> {
  const draft = `${target}.${process.pid}.draft`;
  const args = ['build', ...flags(name), '-o', draft, binaries[name].target];
  const child = spawn(go.program, args, {
    cwd: join(modules, name),
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    // The end of the output names the error; the beginning lists downloads.
    complaint = (complaint + chunk.toString('utf8')).slice(-4000);
  });
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (status !== 0) {
      throw new LabError({
        what: 'A program of the lab could not be built',
        subject: name,
        why: complaint.trim() || `go ended with ${String(status)}`,
        remedy: 'Check that the Go module proxy can be reached (go env GOPROXY) and try again',
      });
    }
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
}

const inThisProcess = new Map<LabBinary, Promise<string>>();

async function findOrBuild(name: LabBinary): Promise<string> {
  const go = await findGo();
  const target = join(labCache(), `${name}-${await digest(name, go)}`);
  if (existsSync(target)) return target;
  await mkdir(labCache(), { recursive: true });
  return await withLock(`${target}.lock`, async () => {
    if (existsSync(target)) return target;
    await withBuildSlot(labCache(), async () => {
      console.error(`Building ${name} for the lab (once; minutes) …`);
      const started = performance.now();
      await build(name, go, target);
      console.error(`Built ${name} in ${Math.round((performance.now() - started) / 1000)} s`);
    });
    return target;
  });
}

/**
 * Path of an executable of the lab, built at the first call on this machine. The name in the
 * cache holds a digest of the module, of Go's version and of the build flags, so that a change
 * builds anew and an older checkout finds its own.
 *
 * @throws LabError when Go is missing or the build fails.
 */
export async function labBinary(name: LabBinary): Promise<string> {
  let path = inThisProcess.get(name);
  if (path === undefined) {
    path = findOrBuild(name);
    inThisProcess.set(name, path);
    path.catch(() => inThisProcess.delete(name));
  }
  return await path;
}

/** Builds everything that is not in the cache yet. */
export async function buildLab(names: readonly LabBinary[] = labBinaries): Promise<void> {
  await Promise.all(names.map((name) => labBinary(name)));
}
