import { Command, InvalidArgumentError } from 'commander';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKubernetes, type LabKubernetes } from './kubernetes.js';
import { buildLab } from './lab-binary.js';
import { LabError } from './lab-error.js';
import { startVcsim, type Vcsim } from './vcsim.js';

interface LabOptions {
  readonly machines: number;
  readonly seed: number;
  readonly kubernetes: boolean;
}

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number');
  return value;
};

const command = new Command('npm run lab --')
  .description('A vCenter simulator with the demo estate, and a Kubernetes cluster with KubeVirt.')
  .option('--machines <number>', 'virtual machines of the demo estate', whole, 200)
  .option('--seed <number>', 'the same seed gives the same estate', whole, 1)
  .option('--no-kubernetes', 'only the vCenter simulator')
  .parse();
const options = command.opts<LabOptions>();

function describeVcenter(vcsim: Vcsim, passwordFile: string): string {
  return `vCenter simulator
  address      ${vcsim.host}
  username     ${vcsim.username}
  password     ${vcsim.password}
  SHA-256      ${vcsim.sha256}
  SHA-1        ${vcsim.sha1}
  machines     ${vcsim.virtualMachines}

  Add it as a source:
    npx opal source add --kind vsphere --name lab-vcenter --address ${vcsim.host} \\
      --username ${vcsim.username} --password-file ${passwordFile} \\
      --fingerprint ${vcsim.sha256}
`;
}

function describeKubernetes(cluster: LabKubernetes): string {
  return `Kubernetes with KubeVirt
  API server   ${cluster.url}
  kubeconfig   ${cluster.kubeconfig}
  logs         ${cluster.folder}

  Add it as a target:
    npx opal source add --kind kubevirt --name lab-target --kubeconfig ${cluster.kubeconfig}

  No kubelet and no CDI run here: Pods and imports are moved through their phases, no bytes are copied.
`;
}

const stops: (() => Promise<void>)[] = [];

async function stop(): Promise<void> {
  // Taken out first: a second Ctrl-C finds nothing to stop twice.
  await Promise.allSettled(stops.splice(0).map((each) => each()));
}

async function keepPassword(password: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opal-lab-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'vcenter-password');
  await writeFile(file, password, { mode: 0o600 });
  await chmod(folder, 0o700);
  return file;
}

async function startAll(): Promise<void> {
  await buildLab(options.kubernetes ? ['vcsim', 'kubeone', 'kvtools', 'kwok'] : ['vcsim']);
  console.log('Starting the lab …\n');
  const vcsim = await startVcsim({ demo: { machines: options.machines, seed: options.seed } });
  stops.push(() => vcsim.stop());
  console.log(describeVcenter(vcsim, await keepPassword(vcsim.password)));
  if (options.kubernetes) {
    const cluster = await startKubernetes();
    stops.push(() => cluster.stop());
    console.log(describeKubernetes(cluster));
  }
  console.log('The lab runs until Ctrl-C.');
}

/** Holds the process until somebody ends it, by a signal or by closing the channel to its parent. */
const ended = new Promise<void>((resolve) => {
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
    process.once(event, () => {
      resolve();
    });
  }
});
const alive = setInterval(() => undefined, 60_000);

try {
  const started = startAll();
  // Whoever gives up during a start waits for it to settle, else parts of it would be left.
  await Promise.race([started, ended]);
  await ended;
  console.log('\nStopping …');
  await started.catch(() => undefined);
} catch (error) {
  console.error(error instanceof LabError ? error.message : error);
  process.exitCode = 1;
} finally {
  clearInterval(alive);
  await stop();
  if (process.connected) process.disconnect();
}
