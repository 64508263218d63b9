import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { labBinary, labCache } from '../../test/lab/lab-binary.js';
import { startVcsim } from '../../test/lab/vcsim.js';

const run = promisify(execFile);
const datacenters = 10;
const hosts = 8;

/**
 * Folder of a saved inventory with that many machines, made at the first call on this machine:
 * to create ten thousand machines takes the simulator minutes, to load them seconds.
 */
export async function largeInventory(machines: number): Promise<string> {
  const folder = join(labCache(), `inventory-${machines}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}.draft`;
  await mkdir(draft, { recursive: true });
  const vcsim = await startVcsim({
    datacenters,
    clusters: 1,
    hosts,
    standaloneHosts: 0,
    machines: Math.ceil(machines / datacenters),
  });
  try {
    await run(await labBinary('govc'), ['object.save', '-d', draft, '/'], {
      env: { ...process.env, ...vcsim.govcEnvironment },
      maxBuffer: 64 * 1024 * 1024,
    });
    await rename(draft, folder);
  } finally {
    await vcsim.stop();
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}
