import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { EstateOptions } from '../../src/demo/demo-estate.js';
import { labBinary } from './lab-binary.js';
import { writeEstate } from './saved-estate.js';
import { TetheredProcess } from './tethered-process.js';
import { VcsimAdmin } from './vcsim-admin.js';

/** What the simulator holds; the counts have vcsim's own meaning. */
export interface VcsimOptions {
  /** Folder of a saved inventory (`govc object.save`); then all counts are ignored. */
  readonly load?: string;
  /** The demo estate; then all counts are ignored. */
  readonly demo?: EstateOptions;
  /** Raw objects of the vSphere collector, one JSON object a line; then all counts are ignored. */
  readonly estate?: string;
  readonly datacenters?: number;
  /** Clusters per datacenter. */
  readonly clusters?: number;
  /** Hosts per cluster. */
  readonly hosts?: number;
  readonly standaloneHosts?: number;
  /** VMs per resource pool. */
  readonly machines?: number;
  readonly resourcePools?: number;
  readonly datastores?: number;
  readonly portGroups?: number;
  readonly opaqueNetworks?: number;
  readonly vApps?: number;
  readonly storagePods?: number;
  readonly folders?: number;
  /** A single ESXi host instead of a vCenter. */
  readonly esx?: boolean;
  readonly username?: string;
  readonly password?: string;
  /** Address to listen on, `127.0.0.1:0` by default. */
  readonly listen?: string;
  /** PEM files; without them a new self-signed certificate is made. */
  readonly certificateFile?: string;
  readonly keyFile?: string;
  readonly delayMs?: number;
  readonly methodDelaysMs?: Readonly<Record<string, number>>;
  /** How long a guest takes from ShutdownGuest to off; 1 s by default. */
  readonly shutdownDelayMs?: number;
}

const readyLine = z.object({
  url: z.string(),
  admin: z.string(),
  sha256: z.string(),
  sha1: z.string(),
  certificate: z.string(),
  virtualMachines: z.number(),
  milliseconds: z.number(),
});

export interface Vcsim {
  /** `https://127.0.0.1:PORT/sdk`. */
  readonly url: string;
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
  /** Fingerprints as vSphere clients show them: upper-case pairs joined by colons. */
  readonly sha256: string;
  readonly sha1: string;
  /** PEM. */
  readonly certificate: string;
  readonly virtualMachines: number;
  /** What one cannot do through the SDK: failures, hung guests, another certificate. */
  readonly admin: VcsimAdmin;
  readonly pid: number | undefined;
  /** Environment for govc. */
  readonly govcEnvironment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const startTimeoutMs = 180_000;

function flag(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [`-${name}`, String(value)];
}

function inventoryFlags(options: VcsimOptions): string[] {
  return [
    ...flag('load', options.load),
    ...flag('estate', options.estate),
    ...flag('dc', options.datacenters),
    ...flag('cluster', options.clusters),
    ...flag('host', options.hosts),
    ...flag('standalone-host', options.standaloneHosts),
    ...flag('vm', options.machines),
    ...flag('pool', options.resourcePools),
    ...flag('ds', options.datastores),
    ...flag('pg', options.portGroups),
    ...flag('nsx', options.opaqueNetworks),
    ...flag('app', options.vApps),
    ...flag('pod', options.storagePods),
    ...flag('folder', options.folders),
    ...(options.esx === true ? ['-esx'] : []),
  ];
}

function serverFlags(options: VcsimOptions): string[] {
  const delays = Object.entries(options.methodDelaysMs ?? {})
    .map(([method, ms]) => `${method}:${ms}`)
    .join(',');
  return [
    '-stdinexit',
    ...flag('l', options.listen),
    ...flag('tlscert', options.certificateFile),
    ...flag('tlskey', options.keyFile),
    ...flag('delay', options.delayMs),
    ...flag('method-delay', delays === '' ? undefined : delays),
    ...flag(
      'shutdown-delay',
      options.shutdownDelayMs === undefined ? undefined : `${options.shutdownDelayMs}ms`,
    ),
  ];
}

/**
 * Starts a vCenter simulator that ends with this process at the latest.
 *
 * @throws LabError when it cannot be built or does not start.
 */
export async function startVcsim(options: VcsimOptions = {}): Promise<Vcsim> {
  const program = await labBinary('vcsim');
  const folder = await mkdtemp(join(tmpdir(), 'opal-vcsim-'));
  const username = options.username ?? 'administrator@vsphere.local';
  const password = options.password ?? 'lab-Passw0rd!';
  const estate =
    options.demo === undefined ? options.estate : await writeEstate(options.demo, folder);
  const child = new TetheredProcess({
    name: 'vcsim',
    program,
    args: [
      ...serverFlags(options),
      ...inventoryFlags({ ...options, ...(estate === undefined ? {} : { estate }) }),
      '-username',
      username,
    ],
    log: join(folder, 'vcsim.log'),
    // Not as a flag: every user of the machine can read those.
    environment: { VCSIM_PASSWORD: password, TMPDIR: folder },
  });
  const stop = async () => {
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const ready = readyLine.parse(JSON.parse(await child.firstLine(startTimeoutMs)));
    return {
      ...ready,
      host: new URL(ready.url).host,
      username,
      password,
      admin: new VcsimAdmin(ready.admin),
      pid: child.pid,
      govcEnvironment: {
        GOVC_URL: ready.url,
        GOVC_USERNAME: username,
        GOVC_PASSWORD: password,
        GOVC_INSECURE: 'true',
        // Else govc keeps the session in the home folder and later calls need no password.
        GOVC_PERSIST_SESSION: 'false',
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
